import { requestAddress } from '@foyer/contract/accounts.ts'
import { type FormEvent, useState } from 'react'
import { api, codeOf } from '../../api.ts'
import { Go } from '../../link.tsx'
import { paths } from '../../paths.ts'
import { useMe } from '../../session.ts'
import { useErrorText, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { linkLook } from '../log-in/link-look.ts'
import { useFront } from '../log-in/use-front.ts'
import { isAddress } from '../set-up/account-fields.tsx'
import { PagePart } from './page-part.tsx'

/** What one logs in with: the address, which a mail proves, and the way to the password. */
export function ProfileAddress() {
  const t = useText()
  const me = useMe()
  const front = useFront()
  const [open, setOpen] = useState(false)
  const [wasOpen, setWasOpen] = useState(false)
  const [sentTo, setSentTo] = useState<string | null>(null)
  return (
    <>
      <PagePart
        title={t('address.title')}
        text={t('address.text', { address: me.email })}
        action={
          front?.mail && !open ? (
            <Button
              // Where the hand was before the form stood here.
              autoFocus={wasOpen}
              onPress={() => {
                setSentTo(null)
                setWasOpen(true)
                setOpen(true)
              }}
            >
              {t('address.change')}
            </Button>
          ) : null
        }
      >
        {front && !front.mail ? (
          <p className="text-small text-pretty text-faint">{t('address.noMail')}</p>
        ) : null}
        {open ? (
          <Change
            done={(address) => {
              setSentTo(address)
              setOpen(false)
            }}
            cancel={() => setOpen(false)}
          />
        ) : null}
        <p role="status" className="text-dense text-pretty text-green wrap-anywhere empty:hidden">
          {sentTo ? t('address.sent', { address: sentTo }) : null}
        </p>
      </PagePart>
      <PagePart title={t('settings.password')}>
        <div className="px-1">
          <Go to={paths.settings('password')} className={linkLook}>
            {t('password.change')}
          </Go>
        </div>
      </PagePart>
    </>
  )
}

function Change({ done, cancel }: { done: (address: string) => void; cancel: () => void }) {
  const t = useText()
  const errorText = useErrorText()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [checked, setChecked] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (busy || !isAddress(email) || password === '') return
    setBusy(true)
    setError(null)
    try {
      await api.call(requestAddress, { body: { email, password } })
      done(email)
    } catch (failure) {
      setError(errorText(codeOf(failure)))
      setBusy(false)
    }
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-xl bg-raised p-5 shadow-rest" noValidate>
      <Field
        label={t('address.new')}
        name="new-email"
        type="email"
        autoComplete="email"
        value={email}
        onChange={(text) => setEmail(text.trim())}
        error={checked && !isAddress(email) ? t('setUp.noEmail') : undefined}
        help={t('address.newHelp')}
        maxLength={254}
        autoFocus
        required
      />
      <PasswordField
        label={t('password.current')}
        name="current"
        autoComplete="current-password"
        showLabel={t('password.show')}
        hideLabel={t('password.hide')}
        value={password}
        onChange={setPassword}
        error={checked && password === '' ? t('setUp.missing') : undefined}
        maxLength={1024}
        required
      />
      <FormError text={error} />
      <div className="flex justify-end gap-2">
        <Button onPress={cancel}>{t('dialog.cancel')}</Button>
        <Button type="submit" look="primary" isBusy={busy}>
          {t('address.send')}
        </Button>
      </div>
    </form>
  )
}
