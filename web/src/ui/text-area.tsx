import { useId } from 'react'
import { useCheck } from './checks.tsx'
import { classes } from './classes.ts'
import { inputLook } from './field.tsx'

type TextAreaProps = {
  label: string
  value: string
  onChange: (value: string) => void
  /** Makes way for the error. */
  help?: string
  /** What is wrong with the text, in words; shown below and read with it. */
  error?: string | undefined
  /** What is wrong with the text as it is typed: like an error, once the field was left or saving was tried. */
  check?: string | undefined
  placeholder?: string
  maxLength?: number
  rows?: number
  /** For what machines read, letters of one width and no spelling. */
  isCode?: boolean
  lang?: string
}

/** Several lines of text with their label above and help or error below. */
export function TextArea(props: TextAreaProps) {
  const { label, value, onChange, isCode = false, rows = 3 } = props
  const check = useCheck(props.check)
  const error = props.error ?? check.error
  const below = error ?? props.help
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
        onBlur={check.leave}
        className={classes(
          inputLook,
          'py-2 placeholder:text-faint focus:border-accent aria-invalid:border-red',
          isCode ? 'font-mono text-dense' : 'text-dense',
        )}
        {...(below ? { 'aria-describedby': `${id}-below` } : {})}
        {...(error ? { 'aria-invalid': true } : {})}
        {...(props.placeholder ? { placeholder: props.placeholder } : {})}
        {...(props.maxLength ? { maxLength: props.maxLength } : {})}
        {...(props.lang ? { lang: props.lang } : {})}
      />
      {below ? (
        <p id={`${id}-below`} className={classes('text-small', error ? 'text-red' : 'text-faint')}>
          {below}
        </p>
      ) : null}
    </div>
  )
}
