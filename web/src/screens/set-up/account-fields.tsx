import { mailAddress } from '@foyer/contract/addresses.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { useState } from 'react'
import { languages, useLocale, useText } from '../../text.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { NewPasswordField } from './new-password-field.tsx'
import { shortest } from './strength.ts'

export const isAddress = (text: string) => mailAddress(text) !== null

/** What makes an operator: a name, an address, which may be known, a password, a language; and what is wrong with them. */
export function useAccount(known: { email: string } = { email: '' }) {
  const t = useText()
  const [typed, setValue] = useState<{ name: string; email?: string; password: string }>({
    name: '',
    password: '',
  })
  const value = { email: known.email, ...typed }
  const [locale, setLocale] = useState<Locale>(useLocale())
  const name = value.name.trim()
  const email = value.email.trim()
  const wrongEmail = isAddress(email) ? undefined : t('setUp.noEmail')
  const wrong = {
    name: name === '' ? t('setUp.missing') : undefined,
    email: email === '' ? t('setUp.missing') : wrongEmail,
    password: value.password.length < shortest ? t('setUp.tooShort', { count: shortest }) : undefined,
  }
  return {
    /** As they are sent. */
    account: { name, email, password: value.password, locale },
    isRight: Object.values(wrong).every((each) => each === undefined),
    fields: {
      value,
      locale,
      wrong,
      set: (change: Partial<typeof value>) => setValue((before) => ({ ...before, ...change })),
      setLocale,
    },
  }
}

type AccountFieldsProps = ReturnType<typeof useAccount>['fields'] & {
  /** What is wrong is said only once somebody has tried. */
  checked: boolean
  autoFocus?: boolean
}

export function AccountFields(props: AccountFieldsProps) {
  const { value, locale, set, setLocale, checked, autoFocus = false } = props
  const t = useText()
  const wrong = checked ? props.wrong : undefined
  return (
    <>
      <Field
        label={t('setUp.name')}
        name="name"
        autoComplete="name"
        value={value.name}
        onChange={(name) => set({ name })}
        error={wrong?.name}
        maxLength={80}
        autoFocus={autoFocus}
        required
      />
      <Field
        label={t('logIn.email')}
        name="email"
        type="email"
        autoComplete="username"
        value={value.email}
        onChange={(email) => set({ email })}
        error={wrong?.email}
        required
      />
      <NewPasswordField
        label={t('logIn.password')}
        value={value.password}
        onChange={(password) => set({ password })}
        checked={checked}
      />
      <Choice label={t('settings.language')} value={locale} options={languages} onChange={setLocale} />
    </>
  )
}
