import type { Locale } from '@foyer/contract/scalars.ts'
import { acceptInvitation, readInvitation } from '@foyer/contract/team.ts'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api, codeOf } from '../../api.ts'
import { useGo } from '../../link.tsx'
import { paths } from '../../paths.ts'
import { useSetMe } from '../../session.ts'
import { languages, useErrorText, useLocale, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { Front } from '../log-in/front.tsx'
import { shortest } from './strength.ts'
import { StrengthHint } from './strength-hint.tsx'

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Where a colleague's invitation leads: a name, an address, a password, and they are in. */
export function InvitationScreen() {
  const t = useText()
  const errorText = useErrorText()
  const go = useGo()
  const setMe = useSetMe()
  const { token = '' } = useSearch({ strict: false }) as { token?: string }
  const [value, setValue] = useState({ name: '', email: '', password: '' })
  const [locale, setLocale] = useState<Locale>(useLocale())
  const [checked, setChecked] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const { data, error: refused } = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api.call(readInvitation, { body: { token }, signal }),
    retry: false,
  })
  const set = (name: keyof typeof value) => (next: string) =>
    setValue((before) => ({ ...before, [name]: next }))
  const wrong = {
    name: value.name.trim() === '' ? t('setUp.missing') : undefined,
    email: address.test(value.email.trim()) ? undefined : t('setUp.noEmail'),
    password: value.password.length < shortest ? t('setUp.tooShort', { count: shortest }) : undefined,
  }
  const show = (name: keyof typeof wrong) => (checked ? wrong[name] : undefined)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (busy || Object.values(wrong).some((each) => each !== undefined)) return
    setBusy(true)
    setError(null)
    try {
      const { name, email, password } = value
      const body = { token, name: name.trim(), email: email.trim(), password, locale }
      setMe(await api.call(acceptInvitation, { body }))
      go(paths.inbox())
    } catch (failure) {
      setError(errorText(codeOf(failure)))
    }
    setBusy(false)
  }

  if (refused)
    return (
      <Front title={t('invitation.invalidTitle')}>
        <p role="alert" className="-mt-4 text-pretty text-soft">
          {errorText(codeOf(refused))}
        </p>
      </Front>
    )
  return (
    <Front title={data ? t('invitation.title', { organization: data.organizationName }) : '…'}>
      <p className="-mt-4 mb-6 text-pretty text-soft">{t('invitation.intro')}</p>
      <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <Field
          label={t('setUp.name')}
          name="name"
          autoComplete="name"
          value={value.name}
          onChange={set('name')}
          error={show('name')}
          maxLength={80}
          autoFocus
          required
        />
        <Field
          label={t('logIn.email')}
          name="email"
          type="email"
          autoComplete="username"
          value={value.email}
          onChange={set('email')}
          error={show('email')}
          required
        />
        <div className="flex flex-col gap-1.5">
          <Field
            label={t('logIn.password')}
            name="password"
            type="password"
            autoComplete="new-password"
            value={value.password}
            onChange={set('password')}
            error={show('password')}
            required
          />
          {show('password') ? null : <StrengthHint password={value.password} />}
        </div>
        <Choice label={t('settings.language')} value={locale} options={languages} onChange={setLocale} />
        {error ? (
          <p role="alert" className="rounded-md bg-red-tint px-3 py-2 text-dense text-red">
            {error}
          </p>
        ) : null}
        <Button type="submit" look="primary" large isBusy={busy} className="mt-1">
          {t('invitation.button')}
        </Button>
      </form>
    </Front>
  )
}
