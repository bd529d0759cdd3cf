import { useState } from 'react'
import { CheckBox } from '../ui/check-box.tsx'
import { CheckList } from '../ui/check-list.tsx'
import { Choice } from '../ui/choice.tsx'
import { ColorField } from '../ui/color-field.tsx'
import { Field } from '../ui/field.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { SearchChoice } from '../ui/search-choice.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { Toggle } from '../ui/toggle.tsx'
import { Part } from './part.tsx'

const options = [
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'Français' },
  { value: 'de', label: 'Deutsch' },
]
const people = [
  { id: 'a', name: 'Nia Prosser' },
  { id: 'b', name: 'Yuki Tanabe' },
]

/** What one writes and chooses in, in every state. */
export function FieldsShown() {
  const [text, setText] = useState('Morrow & Pine')
  const [language, setLanguage] = useState('en')
  const [colour, setColour] = useState('#1d5a55')
  const [chosen, setChosen] = useState(['a'])
  const [on, setOn] = useState(true)
  const written = { value: text, onChange: setText }
  return (
    <Part title="Fields">
      <div className="grid gap-5 wide:grid-cols-2">
        <Field label="Field" name="design-plain" help="What it is for." {...written} />
        <Field label="Wrong" name="design-wrong" error="Please fill this in." {...written} />
        <Field label="Disabled" name="design-disabled" disabled {...written} />
        <PasswordField label="Password" name="design-word" showLabel="Show" hideLabel="Hide" {...written} />
        <TextArea label="Text" help="As long as it must be." {...written} />
        <TextArea label="Text, wrong" error="This is too long." isCode {...written} />
        <Choice label="Choice" value={language} options={options} onChange={setLanguage} />
        <SearchChoice label="Choice by searching" value={language} options={options} onChange={setLanguage} />
        <ColorField
          label="Colour"
          value={colour}
          onChange={setColour}
          help="Six signs after a #."
          pick="Pick"
          wrong="That is no colour."
        />
        <CheckList label="Several" items={people} value={chosen} onChange={setChosen} />
        <div className="flex flex-col gap-3">
          <CheckBox on={on} onChange={setOn} className="items-center gap-2.5">
            Check box
          </CheckBox>
          <CheckBox on disabled className="items-center gap-2.5">
            Disabled
          </CheckBox>
        </div>
        <div className="flex flex-col gap-3">
          {(['accent', 'green', 'grey'] as const).map((tone) => (
            <Toggle key={tone} on={on} onChange={setOn} tone={tone}>
              {tone}
            </Toggle>
          ))}
          <Toggle on={false} onChange={setOn} disabled>
            Disabled
          </Toggle>
        </div>
      </div>
    </Part>
  )
}
