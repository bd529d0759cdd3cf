import { useText } from '../../text.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { shortest } from './strength.ts'
import { StrengthHint } from './strength-hint.tsx'

type NewPasswordFieldProps = {
  label: string
  value: string
  onChange: (value: string) => void
  /** What is wrong is said only once somebody has tried. */
  checked: boolean
  autoFocus?: boolean
}

/** A password that is being chosen, with a word about how good it is. */
export function NewPasswordField({ label, value, onChange, checked, autoFocus }: NewPasswordFieldProps) {
  const t = useText()
  const wrong = checked && value.length < shortest
  return (
    <div className="flex flex-col gap-1.5">
      <PasswordField
        label={label}
        name="password"
        autoComplete="new-password"
        showLabel={t('password.show')}
        hideLabel={t('password.hide')}
        value={value}
        onChange={onChange}
        error={wrong ? t('setUp.tooShort', { count: shortest }) : undefined}
        maxLength={1024}
        {...(autoFocus ? { autoFocus } : {})}
        required
      />
      {wrong ? null : <StrengthHint password={value} />}
    </div>
  )
}
