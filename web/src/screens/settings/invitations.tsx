import { newId } from '@foyer/client/ids.ts'
import { invite, listInvitations, withdrawInvitation } from '@foyer/contract/team.ts'
import { useQuery } from '@tanstack/react-query'
import { Check, Copy, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay, useMe, useRoles } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime } from '../../time.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notify } from '../../ui/notices.tsx'
import { Part, rowLook, rowsLook } from './part.tsx'
import { mayGive, useRoleName } from './role-words.ts'
import { useChange } from './use-change.ts'

/** Links by which colleagues come in: each for one person, for a week. */
export function Invitations() {
  const t = useText()
  const locale = useLocale()
  const change = useChange()
  const [open, setOpen] = useState(false)
  const roleName = useRoleName()
  const mayManage = useMay('team.manage')
  const { data } = useQuery({
    queryKey: ['operators', 'invitations'],
    queryFn: ({ signal }) => api.call(listInvitations, { signal }),
  })
  return (
    <Part
      title={t('team.invitations')}
      text={t('team.invitationsText')}
      action={
        mayManage ? (
          <Button look="primary" onPress={() => setOpen(true)}>
            <UserPlus size={14} aria-hidden="true" />
            {t('team.invite')}
          </Button>
        ) : null
      }
    >
      <ul aria-label={t('team.invitations')} className={rowsLook}>
        {data?.items.map((each) => (
          <li key={each.id} className={rowLook}>
            <span className="min-w-40 flex-1">
              {roleName(each.role)} ·{' '}
              <span className="text-faint">
                {t('team.expires', { when: fullTime(locale, Date.parse(each.expiresAt)) })}
              </span>
            </span>
            {mayManage ? (
              <Button
                look="danger"
                onPress={() =>
                  void change(() => api.call(withdrawInvitation, { params: { invitationId: each.id } }))
                }
              >
                {t('team.withdraw')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <InviteDialog open={open} close={() => setOpen(false)} />
    </Part>
  )
}

function InviteDialog({ open, close }: { open: boolean; close: () => void }) {
  const t = useText()
  const change = useChange()
  const me = useMe()
  const roleName = useRoleName()
  const roles = useRoles().filter((role) => mayGive(me, role))
  const [chosen, setChosen] = useState<string | null>(null)
  const role =
    roles.find(({ id }) => id === chosen) ?? roles.find(({ kind }) => kind === 'operator') ?? roles[0]
  const [link, setLink] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)

  async function make() {
    if (!role) return
    const made = await change(() => api.call(invite, { body: { id: newId(), roleId: role.id } }))
    if (made) setLink(`${location.origin}/invitation?token=${made.token}`)
  }
  async function copy() {
    try {
      await navigator.clipboard.writeText(link ?? '')
      setCopied(true)
    } catch {
      notify({ tone: 'error', text: t('messenger.copyFailed') })
    }
  }
  function leave() {
    setLink(null)
    setCopied(false)
    close()
  }
  return (
    <Dialog title={t('team.invite')} open={open} onClose={leave} closeLabel={t('dialog.close')}>
      {link === null ? (
        <div className="flex flex-col gap-4">
          <Choice
            label={t('team.role')}
            value={role?.id ?? ''}
            options={roles.map((each) => ({ value: each.id, label: roleName(each) }))}
            onChange={setChosen}
          />
          {role?.kind && role.kind !== 'owner' ? (
            <p className="text-small text-pretty text-faint">{t(`role.${role.kind}Text`)}</p>
          ) : null}
          <div className="flex justify-end">
            <Button look="primary" onPress={() => void make()}>
              {t('team.makeLink')}
            </Button>
          </div>
        </div>
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-dense text-pretty text-soft">{t('team.linkText')}</p>
          <code
            data-invitation
            className="rounded-md bg-canvas p-3 font-mono text-small wrap-anywhere select-all"
          >
            {link}
          </code>
          <div className="flex justify-end">
            <Button look="primary" onPress={() => void copy()}>
              {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
              {copied ? t('messenger.copied') : t('messenger.copy')}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
