import { CheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { Label } from 'react-aria-components/Label'
import { CheckBox } from './check-box.tsx'

type CheckListProps = {
  label: string
  items: readonly { id: string; name: string }[]
  /** Ids of those that are checked. */
  value: string[]
  onChange: (ids: string[]) => void
}

/** Things of which any number may be picked, by name; a long list scrolls within itself. */
export function CheckList({ label, items, value, onChange }: CheckListProps) {
  return (
    <CheckboxGroup value={value} onChange={onChange} className="flex flex-col gap-1">
      <Label className="text-dense font-medium text-soft">{label}</Label>
      <div className="flex max-h-56 flex-col overflow-y-auto rounded-lg border border-line p-1">
        {items.map(({ id, name }) => (
          <CheckBox
            key={id}
            value={id}
            className="min-h-8 items-center gap-2.5 rounded-md px-2 text-dense data-hovered:bg-hover"
          >
            <bdi>{name}</bdi>
          </CheckBox>
        ))}
      </div>
    </CheckboxGroup>
  )
}
