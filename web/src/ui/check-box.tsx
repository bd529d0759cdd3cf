import type { ReactNode } from 'react'
import { Checkbox } from 'react-aria-components/Checkbox'
import { classes } from './classes.ts'

type CheckBoxProps = {
  children?: ReactNode
  className: string
  /** What it is, where no words stand beside it. */
  label?: string
  disabled?: boolean
  /** Alone: whether it is checked. */
  on?: boolean
  onChange?: (on: boolean) => void
  /** In a group: what it stands for there. */
  value?: string
}

/** A square with a tick and its words, alone or in a CheckboxGroup. */
export function CheckBox({ children, className, label, disabled, on, onChange, value }: CheckBoxProps) {
  return (
    <Checkbox
      className={classes(
        'group/box relative flex data-disabled:opacity-60 data-focus-visible:outline-none',
        className,
      )}
      {...(on === undefined ? {} : { isSelected: on })}
      {...(onChange ? { onChange } : {})}
      {...(value === undefined ? {} : { value })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      isDisabled={disabled ?? false}
    >
      <span className="flex size-4.5 shrink-0 items-center justify-center rounded-sm border border-edge bg-raised group-data-focus-visible/box:outline-2 group-data-focus-visible/box:outline-accent group-data-selected/box:border-accent group-data-selected/box:bg-accent">
        <svg
          viewBox="0 0 12 12"
          className="invisible size-3 text-on-accent group-data-selected/box:visible"
          aria-hidden="true"
        >
          <path d="m2 6.5 2.5 2.5L10 3.5" fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
      </span>
      {children}
    </Checkbox>
  )
}
