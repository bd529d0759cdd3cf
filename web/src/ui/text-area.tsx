import { useId } from 'react'
import { classes } from './classes.ts'
import { inputLook } from './field.tsx'

type TextAreaProps = {
  label: string
  value: string
  onChange: (value: string) => void
  help?: string
  placeholder?: string
  maxLength?: number
  rows?: number
  /** For what machines read, letters of one width and no spelling. */
  isCode?: boolean
  lang?: string
}

/** Several lines of text with their label above and help below. */
export function TextArea(props: TextAreaProps) {
  const { label, value, onChange, help, isCode = false, rows = 3 } = props
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-dense font-medium text-soft">
        {label}
      </label>
      <textarea
        id={id}
        value={value}
        rows={rows}
        dir="auto"
        spellCheck={!isCode}
        onChange={(event) => onChange(event.target.value)}
        className={classes(
          inputLook,
          'py-2 placeholder:text-faint focus:border-accent',
          isCode ? 'font-mono text-dense' : 'text-dense',
        )}
        {...(help ? { 'aria-describedby': `${id}-help` } : {})}
        {...(props.placeholder ? { placeholder: props.placeholder } : {})}
        {...(props.maxLength ? { maxLength: props.maxLength } : {})}
        {...(props.lang ? { lang: props.lang } : {})}
      />
      {help ? (
        <p id={`${id}-help`} className="text-small text-faint">
          {help}
        </p>
      ) : null}
    </div>
  )
}
