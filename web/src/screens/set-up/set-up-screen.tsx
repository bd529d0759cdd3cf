import { setUp } from '@foyer/contract/organizations.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Checkbox } from 'react-aria-components/Checkbox'
import { api, codeOf } from '../../api.ts'
import { useSession, useSetMe } from '../../session.ts'
import { languages, useErrorText, useLocale, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { Front } from '../log-in/front.tsx'
import { NextSteps } from './next-steps.tsx'
import { shortest } from './strength.ts'
import { StrengthHint } from './strength-hint.tsx'

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Done once, by whoever has started the server: the organization, its owner, and what to do next. */
export function SetUpScreen() {
  const t = useText()
  const errorText = useErrorText()
  const { token } = useSearch({ strict: false }) as { token?: string }
  const { data: me } = useSession()
  const setMe = useSetMe()
  const [value, setValue] = useState({ organizationName: '', ownerName: '', email: '', password: '' })
  const [locale, setLocale] = useState<Locale>(useLocale())
  const [sampleData, setSampleData] = useState(true)
  const [checked, setChecked] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const set = (name: keyof typeof value) => (next: string) =>
    setValue((before) => ({ ...before, [name]: next }))

  const wrong = {
    organizationName: value.organizationName.trim() === '' ? t('setUp.missing') : undefined,
    ownerName: value.ownerName.trim() === '' ? t('setUp.missing') : undefined,
    email:
      value.email.trim() === ''
        ? t('setUp.missing')
        : address.test(value.email.trim())
          ? undefined
          : t('setUp.noEmail'),
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
      const body = {
        token: token ?? '',
        organizationName: value.organizationName.trim(),
        ownerName: value.ownerName.trim(),
        email: value.email.trim(),
        password: value.password,
        locale,
        sampleData,
      }
      setMe(await api.call(setUp, { body }))
    } catch (failure) {
      setError(errorText(codeOf(failure)))
    }
    setBusy(false)
  }

  if (me) return <NextSteps me={me} />
  return (
    <Front title={t('setUp.title')}>
      <p className="-mt-4 mb-6 text-pretty text-soft">{t('setUp.intro')}</p>
      <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <Field
          label={t('setUp.organization')}
          name="organization"
          autoComplete="organization"
          value={value.organizationName}
          onChange={set('organizationName')}
          error={show('organizationName')}
          help={t('setUp.organizationHelp')}
          maxLength={80}
          autoFocus
          required
        />
        <Field
          label={t('setUp.name')}
          name="name"
          autoComplete="name"
          value={value.ownerName}
          onChange={set('ownerName')}
          error={show('ownerName')}
          maxLength={80}
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
        <Checkbox
          isSelected={sampleData}
          onChange={setSampleData}
          className="group flex items-start gap-3 rounded-lg border border-line p-3"
        >
          <span className="mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded-sm border border-edge bg-raised group-data-focus-visible:outline-2 group-data-focus-visible:outline-accent group-data-selected:border-accent group-data-selected:bg-accent">
            <svg
              viewBox="0 0 12 12"
              className="invisible size-3 text-on-accent group-data-selected:visible"
              aria-hidden="true"
            >
              <path d="m2 6.5 2.5 2.5L10 3.5" fill="none" stroke="currentColor" strokeWidth="2" />
            </svg>
          </span>
          <span className="flex flex-col">
            <span className="font-medium">{t('setUp.sample')}</span>
            <span className="text-small text-pretty text-faint">{t('setUp.sampleHelp')}</span>
          </span>
        </Checkbox>
        {error ? (
          <p role="alert" className="rounded-md bg-red-tint px-3 py-2 text-dense text-red">
            {error}
          </p>
        ) : null}
        <Button type="submit" look="primary" large isBusy={busy} className="mt-1">
          {t('setUp.button')}
        </Button>
      </form>
    </Front>
  )
}
