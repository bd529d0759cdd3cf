import { forgetPassword } from '@foyer/contract/accounts.ts'
import { type FormEvent, useState } from 'react'
import { api, codeOf } from '../../api.ts'
import { Go } from '../../link.tsx'
import { paths } from '../../paths.ts'
import { useErrorText, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { isAddress } from '../set-up/account-fields.tsx'
import { Front } from './front.tsx'
import { linkLook } from './link-look.ts'
import { useFront } from './use-front.ts'

/** For who has forgotten the password: by mail where mail goes out, otherwise whom to ask. */
export function ForgotScreen() {
  const t = useText()
  const front = useFront()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const back = (
    <Go to={paths.inbox()} className={linkLook}>
      {t('forgot.back')}
    </Go>
  )
  if (sentTo !== null)
    return (
      <Front title={t('forgot.sentTitle')} over={front?.organizationName} takesFocus>
        <div role="status" className="mb-6 flex flex-col gap-3 text-pretty text-soft">
          <p className="wrap-anywhere">{t('forgot.sent', { address: sentTo })}</p>
          <p>{t('forgot.notThere')}</p>
        </div>
        {back}
      </Front>
    )
  if (front && !front.mail)
    return (
      <Front title={t('forgot.title')} over={front.organizationName}>
        <div className="mb-6 flex flex-col gap-3 text-pretty text-soft">
          <p>{t('forgot.noMail')}</p>
          <p>{t('forgot.noMailOwner')}</p>
          <code className="rounded-md bg-raised p-3 font-mono text-small select-all">npm run owner-link</code>
        </div>
        {back}
      </Front>
    )
  return (
    <Front title={t('forgot.title')} over={front?.organizationName}>
      {front ? <ByMail done={setSentTo} /> : null}
      <div className="mt-5">{back}</div>
    </Front>
  )
}

function ByMail({ done }: { done: (address: string) => void }) {
  const t = useText()
  const errorText = useErrorText()
  const [email, setEmail] = useState('')
  const [checked, setChecked] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const isRight = isAddress(email)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (busy || !isRight) return
    setBusy(true)
    setError(null)
    try {
      await api.call(forgetPassword, { body: { email } })
      done(email)
    } catch (failure) {
      setError(errorText(codeOf(failure)))
      setBusy(false)
    }
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
      <p className="-mt-4 mb-2 text-pretty text-soft">{t('forgot.text')}</p>
      <Field
        label={t('logIn.email')}
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={(text) => setEmail(text.trim())}
        error={checked && !isRight ? t('setUp.noEmail') : undefined}
        maxLength={254}
        autoFocus
        required
      />
      <FormError text={error} />
      <Button type="submit" look="primary" large isBusy={busy} className="mt-1">
        {t('forgot.button')}
      </Button>
    </form>
  )
}
