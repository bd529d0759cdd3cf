import { Toggle } from '../../ui/toggle.tsx'

type ToggleRowProps = {
  label: string
  /** What it means for people. */
  help?: string
  on: boolean
  onChange: (on: boolean) => void
  disabled?: boolean
}

/** Something that is on or off: its words, and the switch at the end of the line. */
export function ToggleRow({ label, help, on, onChange, disabled = false }: ToggleRowProps) {
  return (
    <Toggle on={on} onChange={onChange} disabled={disabled} atEnd>
      <span className="flex min-w-0 grow flex-col gap-0.5">
        <span className="font-medium">{label}</span>
        {help ? <span className="text-dense text-pretty text-faint">{help}</span> : null}
      </span>
    </Toggle>
  )
}
