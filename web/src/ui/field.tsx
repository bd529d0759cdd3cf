import type { ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextField } from 'react-aria-components/TextField'
import { useCheck } from './checks.tsx'
import { classes } from './classes.ts'

/** A line one writes in or chooses from: all of one height, whatever stands in them. */
export const inputLook =
  'thumb w-full rounded-md border border-edge bg-raised px-3 text-base text-ink transition-colors data-focused:border-accent data-focused:outline-2 data-focused:outline-offset-0 data-focused:outline-accent/40 data-invalid:border-red data-disabled:opacity-60'

type FieldProps = {
  label: string
  name: string
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'email' | 'password' | 'datetime-local'
  autoComplete?: string
  /** Makes way for the error. */
  help?: ReactNode
  /** What is wrong with the value, in words; shown under the field and read with it. */
  error?: string | undefined
  /** What is wrong with the value as it is typed: like an error, once the field was left or saving was tried. */
  check?: string | undefined
  required?: boolean
  disabled?: boolean
  autoFocus?: boolean
  maxLength?: number
  onBlur?: () => void
  /** Stands over the end of the line. */
  end?: ReactNode
}

/** One line of text with its label above and help or error below. */
export function Field(props: FieldProps) {
  const check = useCheck(props.check)
  const error = props.error ?? check.error
  return (
    <TextField
      name={props.name}
      value={props.value}
      onChange={props.onChange}
      type={props.type ?? 'text'}
      isRequired={props.required ?? false}
      isDisabled={props.disabled ?? false}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className="flex flex-col gap-1.5"
      onBlur={() => {
        check.leave()
        props.onBlur?.()
      }}
      {...(props.autoFocus ? { autoFocus: true } : {})}
      {...(props.autoComplete ? { autoComplete: props.autoComplete } : {})}
      {...(props.maxLength ? { maxLength: props.maxLength } : {})}
    >
      <Label className="text-dense font-medium text-soft">{props.label}</Label>
      {props.end ? (
        <div className="relative">
          <Input className={classes(inputLook, 'h-9 pe-10')} />
          {props.end}
        </div>
      ) : (
        <Input className={classes(inputLook, 'h-9')} />
      )}
      {props.help && error === undefined ? (
        <Text slot="description" className="text-small text-faint">
          {props.help}
        </Text>
      ) : null}
      <FieldError className="text-small text-red">{error}</FieldError>
    </TextField>
  )
}
