import { readPasswordLink, setPasswordByLink } from '@foyer/contract/accounts.ts'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, codeOf } from '../../api.ts'
import { Go, useGo } from '../../link.tsx'
import { useLinkSecret } from '../../link-secret.ts'
import { paths } from '../../paths.ts'
import { useSetMe } from '../../session.ts'
import { useErrorText, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { NewPasswordField } from '../set-up/new-password-field.tsx'
import { shortest } from '../set-up/strength.ts'
import { Front } from './front.tsx'
import { linkLook } from './link-look.ts'

/** Where a link for a new password leads: one field, and they are in. */
export function NewPasswordScreen() {
  const t = useText()
  const errorText = useErrorText()
  const go = useGo()
  const setMe = useSetMe()
  const { token, drop } = useLinkSecret('password')
  const { data, error: refused } = useQuery({
    queryKey: ['password-link', token],
    queryFn: ({ signal }) => api.call(readPasswordLink, { body: { token: token || '-' }, signal }),
    retry: false,
  })
  const [password, setPassword] = useState('')
  const [checked, setChecked] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (busy || password.length < shortest) return
    setBusy(true)
    setError(null)
    try {
      setMe(await api.call(setPasswordByLink, { body: { token, password } }))
      drop()
      go(paths.inbox())
    } catch (failure) {
      setError(errorText(codeOf(failure)))
    }
    setBusy(false)
  }

  if (refused)
    return (
      <Front title={t('newPassword.invalidTitle')}>
        <p role="alert" className="-mt-4 mb-6 text-pretty text-soft">
          {errorText(codeOf(refused))}
        </p>
        <Go to={paths.forgotPassword()} className={linkLook}>
          {t('newPassword.again')}
        </Go>
      </Front>
    )
  return (
    <Front title={t('newPassword.title')} over={data?.organizationName}>
      {data ? (
        <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
          <p className="-mt-4 mb-2 text-pretty text-soft">
            {t('newPassword.text', { name: data.name, organization: data.organizationName })}
          </p>
          <input type="email" autoComplete="username" value={data.email} readOnly hidden />
          <NewPasswordField
            label={t('password.new')}
            value={password}
            onChange={setPassword}
            checked={checked}
            autoFocus
          />
          <FormError text={error} />
          <Button type="submit" look="primary" large isBusy={busy} className="mt-1">
            {t('newPassword.button')}
          </Button>
        </form>
      ) : null}
    </Front>
  )
}
