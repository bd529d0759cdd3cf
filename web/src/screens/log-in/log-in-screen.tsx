import { readSetup } from '@foyer/contract/organizations.ts'
import { logIn } from '@foyer/contract/sessions.ts'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, codeOf } from '../../api.ts'
import { Go } from '../../link.tsx'
import { paths } from '../../paths.ts'
import { useSetMe } from '../../session.ts'
import { useErrorText, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { Front } from './front.tsx'
import { linkLook } from './link-look.ts'
import { useFront } from './use-front.ts'

/** The way in. */
export function LogInScreen() {
  const t = useText()
  const errorText = useErrorText()
  const setMe = useSetMe()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const front = useFront()
  const { data: setup } = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => api.call(readSetup, { signal }),
  })

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      setMe(await api.call(logIn, { body: { email: email.trim(), password } }))
    } catch (failure) {
      setError(errorText(codeOf(failure)))
      setBusy(false)
    }
  }

  if (setup?.needed) {
    return (
      <Front title={t('logIn.setUpNeeded')}>
        <p className="text-base text-pretty text-soft">{t('logIn.setUpNeededText')}</p>
      </Front>
    )
  }
  return (
    <Front title={t('logIn.title')} over={front?.organizationName}>
      <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <Field
          label={t('logIn.email')}
          name="email"
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          autoFocus
          required
        />
        <PasswordField
          label={t('logIn.password')}
          name="password"
          autoComplete="current-password"
          showLabel={t('password.show')}
          hideLabel={t('password.hide')}
          value={password}
          onChange={setPassword}
          required
        />
        <FormError text={error} />
        <Button type="submit" look="primary" large isBusy={busy} className="mt-1">
          {t('logIn.button')}
        </Button>
      </form>
      <p className="mt-5">
        <Go to={paths.forgotPassword()} className={linkLook}>
          {t('logIn.forgot')}
        </Go>
      </p>
    </Front>
  )
}
