import { isColor } from '@foyer/client/color.ts'
import { useId, useState } from 'react'
import { classes } from './classes.ts'
import { inputLook } from './field.tsx'

type ColorFieldProps = {
  label: string
  value: string
  onChange: (color: string) => void
  help: string
  /** The name of the system's own dialog. */
  pick: string
  /** What is said of a text that is no colour. */
  wrong: string
}

/** Colours that go with most pages, for who has none of their own. */
const offered = ['#3b5bdb', '#0b7285', '#2b8a3e', '#c2410c', '#c2255c', '#7048e8', '#343a40', '#a16207']

/** A colour as `#rrggbb`: one of a few, picked from the system's own dialog, or written. */
export function ColorField({ label, value, onChange, help, pick, wrong }: ColorFieldProps) {
  const id = useId()
  const [text, setText] = useState(value)
  const isRight = isColor(text)
  function take(next: string): void {
    setText(next)
    if (isColor(next)) onChange(next.toLowerCase())
  }
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-dense font-medium text-soft">
        {label}
      </label>
      <div className="flex flex-wrap items-center gap-2">
        <input
          type="color"
          aria-label={pick}
          value={value}
          onChange={(event) => take(event.target.value)}
          className="size-9 shrink-0 cursor-pointer rounded-md border border-edge bg-raised p-1"
        />
        <input
          id={id}
          value={text}
          maxLength={7}
          spellCheck={false}
          onChange={(event) => take(event.target.value.trim())}
          onBlur={() => setText(isRight ? text.toLowerCase() : value)}
          className={classes(inputLook, 'tabular h-9 max-w-28 font-mono text-dense aria-invalid:border-red')}
          aria-describedby={`${id}-below`}
          {...(isRight ? {} : { 'aria-invalid': true })}
        />
        <ul className="flex flex-wrap gap-1">
          {offered.map((color) => (
            <li key={color}>
              <button
                type="button"
                aria-label={color}
                aria-pressed={color === value}
                onClick={() => take(color)}
                className="grid size-7 place-items-center rounded-full aria-pressed:ring-2 aria-pressed:ring-accent"
              >
                <Dot color={color} />
              </button>
            </li>
          ))}
        </ul>
      </div>
      <p id={`${id}-below`} className={classes('text-small', isRight ? 'text-faint' : 'text-red')}>
        {isRight ? help : wrong}
      </p>
    </div>
  )
}

function Dot({ color }: { color: string }) {
  return <span className="size-5 rounded-full" style={{ background: color }} aria-hidden="true" />
}
