import { type AddressLink, openAddressLink, readAddressLink } from '@foyer/contract/accounts.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, codeOf } from '../../api.ts'
import { Go, useGo } from '../../link.tsx'
import { useLinkSecret } from '../../link-secret.ts'
import { paths } from '../../paths.ts'
import { sessionKey } from '../../session.ts'
import { useErrorText, useText } from '../../text.tsx'
import { Button, primaryLinkLook } from '../../ui/button.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { Front } from './front.tsx'

/** Where a link about an address leads: to use a new one, or to take a change back. Only the press of the button does it. */
export function AddressScreen() {
  const { token, drop } = useLinkSecret('address')
  // Another link in the same tab begins anew.
  return <Address key={token} token={token} drop={drop} />
}

function Address({ token, drop }: { token: string; drop: () => void }) {
  const t = useText()
  const errorText = useErrorText()
  const go = useGo()
  const queries = useQueryClient()
  const { data, error: refused } = useQuery({
    queryKey: ['address-link', token],
    queryFn: ({ signal }) => api.call(readAddressLink, { body: { token: token || '-' }, signal }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [done, setDone] = useState<AddressLink | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function press() {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      const opened = await api.call(openAddressLink, { body: { token } })
      drop()
      // Whoever is logged in here has another address now, or is logged out.
      await queries.invalidateQueries({ queryKey: sessionKey })
      if (opened.passwordToken) go(paths.newPassword(opened.passwordToken), { replace: true })
      else setDone(opened)
    } catch (failure) {
      setError(errorText(codeOf(failure)))
    }
    setBusy(false)
  }

  if (done)
    return (
      <Front title={t('address.doneTitle')} over={done.organizationName} takesFocus>
        <p role="status" className="-mt-4 mb-6 text-pretty text-soft wrap-anywhere">
          {t('address.doneText', { organization: done.organizationName, address: done.email })}
        </p>
        <Go to={paths.inbox()} className={primaryLinkLook}>
          {t('address.doneButton')}
        </Go>
      </Front>
    )
  if (refused)
    return (
      <Front title={t('newPassword.invalidTitle')}>
        <p role="alert" className="-mt-4 text-pretty text-soft">
          {errorText(codeOf(refused))}
        </p>
      </Front>
    )
  if (!data) return <Front title="…">{null}</Front>
  const isUndo = data.kind === 'undo'
  const values = { organization: data.organizationName, address: data.email }
  return (
    <Front title={t(isUndo ? 'address.undoTitle' : 'address.confirmTitle')} over={data.organizationName}>
      <p className="-mt-4 mb-6 text-pretty text-soft wrap-anywhere">
        {isUndo ? t('address.undoText', values) : t('address.confirmText', values)}
      </p>
      <div className="flex flex-col gap-4">
        <FormError text={error} />
        <Button look="primary" large isBusy={busy} onPress={() => void press()}>
          {t(isUndo ? 'address.undoButton' : 'address.confirmButton')}
        </Button>
      </div>
    </Front>
  )
}
