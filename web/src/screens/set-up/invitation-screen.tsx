import { acceptInvitation, readInvitation } from '@foyer/contract/team.ts'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, codeOf } from '../../api.ts'
import { useGo } from '../../link.tsx'
import { useLinkSecret } from '../../link-secret.ts'
import { paths } from '../../paths.ts'
import { useSetMe } from '../../session.ts'
import { useErrorText, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { Front } from '../log-in/front.tsx'
import { AccountFields, useAccount } from './account-fields.tsx'
import { useWelcome } from './use-welcome.ts'

/** Where a colleague's invitation leads: a name, an address, a password, and they are in. */
export function InvitationScreen() {
  const t = useText()
  const errorText = useErrorText()
  const go = useGo()
  const setMe = useSetMe()
  const { token, drop } = useLinkSecret('invitation')
  const { data, error: refused } = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api.call(readInvitation, { body: { token: token || '-' }, signal }),
    retry: false,
  })
  const welcome = useWelcome()
  const { account, isRight, fields } = useAccount({ email: data?.email ?? '' })
  const [checked, setChecked] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (busy || !isRight) return
    setBusy(true)
    setError(null)
    try {
      const me = await api.call(acceptInvitation, { body: { token, ...account } })
      setMe(me)
      drop()
      go(paths.inbox())
      welcome(me.name)
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
    <Front title={data ? t('invitation.title', { organization: data.organizationName }) : '…'} tall>
      <p className="-mt-4 mb-6 text-pretty text-soft">{t('invitation.intro')}</p>
      <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <AccountFields {...fields} checked={checked} autoFocus />
        <FormError text={error} />
        <Button type="submit" look="primary" large isBusy={busy} className="mt-1">
          {t('invitation.button')}
        </Button>
      </form>
    </Front>
  )
}
