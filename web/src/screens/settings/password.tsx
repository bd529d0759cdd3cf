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
import { Card } from './page-part.tsx'

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
    <form onSubmit={submit} noValidate>
      <input type="email" autoComplete="username" value={me.email} readOnly hidden />
      <Card>
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
        <div className="flex flex-col gap-1.5">
          <NewPasswordField
            label={t('password.new')}
            value={password}
            onChange={setPassword}
            checked={checked}
          />
          <p className="text-small text-pretty text-faint">{t('password.advice')}</p>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="primary" isBusy={busy}>
            {t('password.change')}
          </Button>
          <FormError text={error} />
          <p role="status" className="text-dense text-green empty:hidden">
            {done ? t('password.changed') : null}
          </p>
        </div>
      </Card>
    </form>
  )
}
