import { newId } from '@foyer/client/ids.ts'
import { type Invitation, invite, listInvitations, withdrawInvitation } from '@foyer/contract/team.ts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { useMay, useMe, useRoles } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime } from '../../time.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { isAddress } from '../set-up/account-fields.tsx'
import { LinkOnce } from './link-once.tsx'
import { mailStates } from './mails.tsx'
import { PagePart, rowLook, rowsLook } from './page-part.tsx'
import { RoleChoice } from './role-choice.tsx'
import { mayGive, useRoleName } from './role-words.ts'
import { useChange } from './use-change.ts'

export const invitationsQuery = queryOptions({
  queryKey: ['operators', 'invitations'],
  queryFn: ({ signal }) => api.call(listInvitations, { signal }),
})

/** Links by which colleagues come in, by mail or by hand: each for one person, for a week. */
export function Invitations() {
  const t = useText()
  const locale = useLocale()
  const change = useChange()
  const [open, setOpen] = useState(false)
  const roleName = useRoleName()
  const mayManage = useMay('team.manage')
  const { data } = useQuery({
    ...invitationsQuery,
    // What waits is soon sent, or has failed.
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? 2_000 : false),
  })
  return (
    <PagePart
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
            <span className="min-w-60 flex-1">
              {each.mail ? <span className="block font-medium wrap-anywhere">{each.mail.to}</span> : null}
              {roleName(each.role)} ·{' '}
              <span className="text-faint">
                {t('team.expires', { when: fullTime(locale, Date.parse(each.expiresAt)) })}
              </span>
            </span>
            {each.mail ? (
              <span
                className={classes('text-small', each.mail.state === 'failed' ? 'text-red' : 'text-soft')}
              >
                {t(each.mail.state === 'kept' ? 'team.notMailed' : mailStates[each.mail.state])}
              </span>
            ) : null}
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
      <InviteDialog invitations={data?.items ?? []} open={open} close={() => setOpen(false)} />
    </PagePart>
  )
}

const isUnderWay = ({ mail }: Invitation) => mail?.state === 'queued'

type InviteDialogProps = { invitations: readonly Invitation[]; open: boolean; close: () => void }

function InviteDialog({ invitations, open, close }: InviteDialogProps) {
  const t = useText()
  const change = useChange()
  const me = useMe()
  const roles = useRoles().filter((role) => mayGive(me, role))
  const [chosen, setChosen] = useState<string | null>(null)
  const role =
    roles.find(({ id }) => id === chosen) ?? roles.find(({ kind }) => kind === 'operator') ?? roles[0]
  const [email, setEmail] = useState('')
  const wrongEmail = email !== '' && !isAddress(email)
  const [tried, setTried] = useState(false)
  const [made, setMade] = useState<{ id: string; link: string } | null>(null)

  const mail = invitations.find(({ id }) => id === made?.id)?.mail
  const waits = useRef(false)
  useEffect(() => {
    if (role && waits.current) void make()
  })

  async function make() {
    setTried(true)
    if (wrongEmail) return
    // Pressed before the roles are here: it is done as soon as they are.
    waits.current = !role
    if (!role) return
    const body = { id: newId(), roleId: role.id, email: email || null }
    const answer = await change(() => api.call(invite, { body }))
    if (answer) setMade({ id: body.id, link: `${location.origin}/invitation#${answer.token}` })
  }
  function leave() {
    waits.current = false
    setMade(null)
    setEmail('')
    setTried(false)
    close()
  }
  return (
    <Dialog title={t('team.invite')} open={open} onClose={leave} closeLabel={t('dialog.close')}>
      {made === null ? (
        <form
          className="flex flex-col gap-4"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void make()
          }}
        >
          <Field
            label={t('team.mailTo')}
            name="email"
            type="email"
            value={email}
            onChange={(text) => setEmail(text.trim())}
            error={tried && wrongEmail ? t('setUp.noEmail') : undefined}
            help={t('team.mailToHelp')}
            maxLength={254}
            autoFocus
          />
          <RoleChoice roles={roles} value={role?.id ?? ''} onChange={setChosen} />
          <div className="flex justify-end">
            <Button type="submit" look="primary">
              {t(email === '' ? 'team.makeLink' : 'team.sendInvitation')}
            </Button>
          </div>
        </form>
      ) : (
        <LinkOnce
          text={
            mail
              ? t(mail.state === 'kept' ? 'team.mailKept' : 'team.mailed', { name: mail.to })
              : t('team.linkText')
          }
          link={made.link}
        />
      )}
    </Dialog>
  )
}
