import type { ReactNode } from 'react'
import { Switch } from 'react-aria-components/Switch'
import { classes } from './classes.ts'

type ToggleProps = {
  on: boolean
  onChange: (on: boolean) => void
  children: ReactNode
  label?: string
  disabled?: boolean
  /** Green says "available", grey that it does not count at the moment; the accent is for everything else. */
  tone?: keyof typeof tones
  /** The words come first, and the switch stands at the end of the line. */
  atEnd?: boolean
}

const tones = {
  accent: 'group-data-selected:border-accent group-data-selected:bg-accent',
  green: 'group-data-selected:kindle group-data-selected:border-green group-data-selected:bg-green',
  grey: 'group-data-selected:border-edge group-data-selected:bg-edge',
}

/** A switch with its words. The knob's place tells its state without colour. */
export function Toggle(props: ToggleProps) {
  const { on, onChange, children, label, disabled = false, tone = 'accent', atEnd = false } = props
  return (
    <Switch
      isSelected={on}
      onChange={onChange}
      isDisabled={disabled}
      // Its input, which is not seen, stays within it: focus would scroll the page to wherever else it lay.
      className={classes(
        'group relative flex min-h-6 items-center rounded-md data-disabled:opacity-50 data-focus-visible:outline-none',
        atEnd ? 'flex-row-reverse gap-6' : 'gap-2.5',
      )}
      {...(label ? { 'aria-label': label } : {})}
    >
      <span
        className={classes(
          'flex h-4.5 w-7.5 shrink-0 items-center rounded-full border border-edge bg-transparent p-0.5 transition-colors',
          'group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent',
          tones[tone],
          'forced-colors:group-data-selected:bg-[Highlight]',
        )}
      >
        <span className="size-3 rounded-full bg-edge transition-[translate] group-data-selected:translate-x-3 group-data-selected:bg-raised rtl:group-data-selected:-translate-x-3 forced-colors:bg-[ButtonText]" />
      </span>
      {children}
    </Switch>
  )
}
