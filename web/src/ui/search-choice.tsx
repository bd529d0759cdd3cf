import { ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { ComboBox } from 'react-aria-components/ComboBox'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { classes } from './classes.ts'
import { inputLook } from './field.tsx'

type SearchChoiceProps = {
  label: string
  value: string
  options: readonly { value: string; label: string; hint?: string }[]
  onChange: (value: string) => void
}

/** One of many values, found by typing a part of its name. */
export function SearchChoice({ label, value, options, onChange }: SearchChoiceProps) {
  return (
    <ComboBox
      selectedKey={value}
      onSelectionChange={(key) => {
        if (key !== null) onChange(String(key))
      }}
      defaultItems={options.map((option) => ({ id: option.value, ...option }))}
      menuTrigger="focus"
      className="flex flex-col gap-1.5"
    >
      <Label className="text-dense font-medium text-soft">{label}</Label>
      <div className="relative">
        <Input className={classes(inputLook, 'h-9 pe-9')} onFocus={(event) => event.target.select()} />
        <Button className="absolute inset-y-0 end-0 grid w-9 place-items-center text-faint">
          <ChevronDown size={16} aria-hidden="true" />
        </Button>
      </div>
      <Popover offset={4} className="overlay w-(--trigger-width) rounded-lg bg-raised p-1 shadow-float">
        <ListBox className="max-h-72 overflow-y-auto outline-none">
          {(option: { id: string; label: string; hint?: string }) => (
            <ListBoxItem
              id={option.id}
              textValue={option.label}
              className="flex min-h-8 items-center justify-between gap-3 rounded-md px-2 text-dense outline-none data-focused:bg-hover data-selected:font-medium"
            >
              <span className="truncate">{option.label}</span>
              {option.hint ? (
                <span className="tabular shrink-0 text-small text-faint">{option.hint}</span>
              ) : null}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
