import { changePassword } from '@foyer/contract/accounts.ts'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { codeOf, renew } from '../../api.ts'
import { useMe, useSetMe } from '../../session.ts'
import { useErrorText, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { NewPasswordField } from '../set-up/new-password-field.tsx'
import { shortest } from '../set-up/strength.ts'

/** Another password, for who knows the one there is. */
export function Password() {
  const t = useText()
  const me = useMe()
  const setMe = useSetMe()
  const errorText = useErrorText()
  const queries = useQueryClient()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [checked, setChecked] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [done, setDone] = useState(false)
  const [busy, setBusy] = useState(false)
  const missing = checked && current === ''

  async function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    setDone(false)
    if (busy || current === '' || password.length < shortest) return
    setBusy(true)
    setError(null)
    try {
      setMe(await renew(changePassword, { body: { current, password } }))
      setCurrent('')
      setPassword('')
      setChecked(false)
      setDone(true)
      void queries.invalidateQueries({ queryKey: ['sessions'] })
    } catch (failure) {
      setError(errorText(codeOf(failure)))
    }
    setBusy(false)
  }
  return (
    <>
      <p className="-mt-3 text-pretty text-soft">{t('password.text')}</p>
      <form onSubmit={submit} className="flex flex-col gap-5" noValidate>
        <input type="email" autoComplete="username" value={me.email} readOnly hidden />
        <PasswordField
          label={t('password.current')}
          name="current"
          autoComplete="current-password"
          showLabel={t('password.show')}
          hideLabel={t('password.hide')}
          value={current}
          onChange={setCurrent}
          error={missing ? t('setUp.missing') : undefined}
          maxLength={1024}
          required
        />
        <NewPasswordField
          label={t('password.new')}
          value={password}
          onChange={setPassword}
          checked={checked}
        />
        <p className="-mt-3 text-small text-pretty text-faint">{t('password.advice')}</p>
        <FormError text={error} />
        <p role="status" className="text-dense text-green empty:hidden">
          {done ? t('password.changed') : null}
        </p>
        <div>
          <Button type="submit" look="primary" isBusy={busy}>
            {t('password.change')}
          </Button>
        </div>
      </form>
    </>
  )
}
