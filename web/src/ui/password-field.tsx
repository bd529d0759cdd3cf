import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { Field } from './field.tsx'

type PasswordFieldProps = Omit<ComponentProps<typeof Field>, 'type' | 'end'> & {
  showLabel: string
  hideLabel: string
}

/** A password that can be looked at while it is typed. */
export function PasswordField({ showLabel, hideLabel, ...rest }: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  const Sign = shown ? EyeOff : Eye
  return (
    <Field
      {...rest}
      type={shown ? 'text' : 'password'}
      end={
        <button
          type="button"
          title={shown ? hideLabel : showLabel}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0.5 end-0.5 flex w-9 items-center justify-center rounded-sm text-faint transition-colors hover:text-ink"
        >
          <Sign size={16} aria-hidden="true" />
          {/* As text: found by its label, the field would not be the only one of its name. */}
          <span className="sr-only">{shown ? hideLabel : showLabel}</span>
        </button>
      }
    />
  )
}
