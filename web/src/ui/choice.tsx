import { Check, ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select, SelectValue } from 'react-aria-components/Select'
import { Text } from 'react-aria-components/Text'
import { classes } from './classes.ts'
import { inputLook } from './field.tsx'

type ChoiceProps<Value extends string> = {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
  /** Keeps the label for assistive technology only. */
  bare?: boolean
  /** What it means, under its label. */
  help?: string
  /** Stands at the end of the line, beside its label, where there is room. */
  atEnd?: boolean
}

/** One of a few values, chosen from a list that opens. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, value, options, onChange, bare = false, help, atEnd = false } = props
  return (
    <Select
      value={value}
      onChange={(key) => onChange(options.find((option) => option.value === key)?.value ?? value)}
      className={classes(
        'flex flex-col gap-1.5',
        atEnd && 'wide:grid wide:grid-cols-[minmax(0,1fr)_14rem] wide:items-center wide:gap-x-6',
      )}
      {...(bare ? { 'aria-label': label } : {})}
    >
      {bare ? null : (
        <span className="flex flex-col gap-0.5">
          <Label className={atEnd ? 'font-medium' : 'text-dense font-medium text-soft'}>{label}</Label>
          {help ? (
            <Text slot="description" className="text-dense text-pretty text-faint">
              {help}
            </Text>
          ) : null}
        </span>
      )}
      <Button
        className={classes(
          inputLook,
          'flex items-center justify-between gap-2 text-start',
          bare ? 'h-8 text-dense' : 'h-9',
        )}
      >
        <SelectValue className="truncate">{({ selectedText }) => selectedText}</SelectValue>
        <ChevronDown size={16} className="shrink-0 text-faint" aria-hidden="true" />
      </Button>
      <Popover offset={4} className="overlay min-w-(--trigger-width) rounded-lg bg-raised p-1 shadow-float">
        <ListBox items={options} className="max-h-80 overflow-y-auto outline-none">
          {(option) => (
            <ListBoxItem
              id={option.value}
              textValue={option.label}
              className="thumb flex min-h-8 items-center gap-2 rounded-md px-2 text-dense outline-none data-focused:bg-hover"
            >
              {({ isSelected }) => (
                <>
                  <Check size={14} className={isSelected ? 'text-accent' : 'invisible'} aria-hidden="true" />
                  {option.label}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}
