import type { ReactNode } from 'react'
import { Switch } from 'react-aria-components/Switch'
import { classes } from './classes.ts'

type ToggleProps = {
  on: boolean
  onChange: (on: boolean) => void
  children: ReactNode
  label?: string
  disabled?: boolean
  /** Green says "available"; the accent is for everything else. */
  green?: boolean
}

/** A switch with its words. The knob's place tells its state without colour. */
export function Toggle({ on, onChange, children, label, disabled = false, green = false }: ToggleProps) {
  return (
    <Switch
      isSelected={on}
      onChange={onChange}
      isDisabled={disabled}
      className="group flex min-h-6 items-center gap-2.5 rounded-md data-disabled:opacity-50"
      {...(label ? { 'aria-label': label } : {})}
    >
      <span
        className={classes(
          'flex h-4.5 w-7.5 shrink-0 items-center rounded-full border border-edge bg-transparent p-0.5 transition-colors',
          'group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent',
          green
            ? 'group-data-selected:border-green group-data-selected:bg-green'
            : 'group-data-selected:border-accent group-data-selected:bg-accent',
          'forced-colors:group-data-selected:bg-[Highlight]',
        )}
      >
        <span className="size-3 rounded-full bg-edge transition-[translate] group-data-selected:translate-x-3 group-data-selected:bg-raised rtl:group-data-selected:-translate-x-3 forced-colors:bg-[ButtonText]" />
      </span>
      {children}
    </Switch>
  )
}
