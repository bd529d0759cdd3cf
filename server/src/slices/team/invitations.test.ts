import { randomUUID } from 'node:crypto'
import { createApi } from '@foyer/client/api.ts'
import { listMails, readMail } from '@foyer/contract/mail.ts'
import * as team from '@foyer/contract/team.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMailStage } from '../../testing/mail-stage.ts'
import { tokenIn } from '../../testing/mailbox.ts'
import { codeOf, eventually, type OperatorClient, startWorldForTest } from '../../testing/world.ts'

let stage: Awaited<ReturnType<typeof openMailStage>>
let operatorRole: string
let adminRole: string

beforeAll(async () => {
  stage = await openMailStage()
  operatorRole = await stage.world.build.roleId(stage.operator.organizationId, 'operator')
  adminRole = await stage.world.build.roleId(stage.operator.organizationId, 'admin')
})
afterAll(() => stage[Symbol.asyncDispose]())

const anyone = () => createApi({ base: stage.world.url })
const newAddress = () => `${randomUUID()}@colleague.example`
const invite = (
  email: string | null,
  { client = stage.client, roleId = operatorRole }: { client?: OperatorClient; roleId?: string } = {},
) => client.api.call(team.invite, { body: { id: randomUUID(), roleId, email } })
const accept = (token: string, email = newAddress()) =>
  anyone().call(team.acceptInvitation, {
    body: { token, name: 'Newcomer', email, password: 'long enough', locale: 'de' },
  })
const mailTo = (email: string) =>
  eventually(
    async () => stage.mailbox.mails.find((mail) => [mail.to].flat()[0]?.text === email),
    (mail) => mail !== undefined,
    15_000,
  )
const listed = async (id: string) =>
  (await stage.client.api.call(team.listInvitations)).items.find((each) => each.id === id)

test('[X7] an invitation by mail leads to the same place as its link, and is used up with it', async () => {
  const email = newAddress()
  const { invitation, token } = await invite(email)
  expect(invitation.mail?.to).toBe(email)
  const mail = await mailTo(email)
  expect(mail?.subject).toBe('Anna Berg invites you to Lamps & more')
  expect(mail?.html).toContain('Lamps &#38; more')
  const mailed = tokenIn(mail)
  expect(mailed).toHaveLength(43)
  expect(mailed).not.toBe(token)
  expect(await anyone().call(team.readInvitation, { body: { token: mailed } })).toEqual({
    organizationName: 'Lamps & more',
    email,
  })
  await eventually(
    () => listed(invitation.id),
    (each) => each?.mail?.state === 'sent',
  )
  await accept(mailed, email)
  expect(await codeOf(accept(token))).toBe('invitation.invalid')
  expect(await codeOf(accept(mailed))).toBe('invitation.invalid')
  expect(await listed(invitation.id)).toBeUndefined()
  expect(await codeOf(invite(email))).toBe('operator.email_taken')
})

test('[X7] of fifty who come by the link and by the mail at once one gets in', async () => {
  const email = newAddress()
  const { token } = await invite(email)
  const mailed = tokenIn(await mailTo(email))
  const codes = await Promise.all(
    Array.from({ length: 50 }, (_, index) => codeOf(accept(index % 2 === 0 ? token : mailed))),
  )
  expect(codes.filter((code) => code === 'invitation.invalid')).toHaveLength(49)
})

test('[X7] a mail that was refused is shown as failed, and the link given by hand works', async () => {
  const email = newAddress()
  stage.mailbox.refuse((address) => (address === email ? { code: 550, text: 'No such mailbox.' } : null))
  const { invitation, token } = await invite(email)
  await eventually(
    () => listed(invitation.id),
    (each) => each?.mail?.state === 'failed',
    15_000,
  )
  await accept(token)
})

test('[X7] a mail that seemed lost works too, beside the one sent after it', async () => {
  const email = newAddress()
  const { invitation } = await invite(email)
  const first = tokenIn(await mailTo(email))
  await eventually(
    () => listed(invitation.id),
    (each) => each?.mail?.state === 'sent',
  )
  await stage.world.db.owner(
    `with again as (update mails set state = 'queued' where id = (select mail_id from invitations where id = $1)
       returning organization_id, id)
     insert into jobs (organization_id, id, kind, payload, due_at)
     select organization_id, $2, 'mail.send', json_build_object('mailId', id), clock_now() from again`,
    [invitation.id, randomUUID()],
  )
  const mails = await eventually(
    async () => stage.mailbox.mails.filter((mail) => [mail.to].flat()[0]?.text === email),
    ({ length }) => length === 2,
    15_000,
  )
  expect(tokenIn(mails[1])).not.toBe(first)
  expect(mails[1]?.messageId).toBe(mails[0]?.messageId)
  await accept(first)
  expect(await codeOf(accept(tokenIn(mails[1])))).toBe('invitation.invalid')
})

test('[X7] an invitation is worth what its maker may give when it is used', async () => {
  const admin = await stage.world.build.operator({
    organizationId: stage.operator.organizationId,
    role: 'admin',
  })
  const theirs = await stage.world.operator(admin)
  const [toAdmin, toOperator] = [
    await invite(null, { client: theirs, roleId: adminRole }),
    await invite(null, { client: theirs }),
  ]
  const owner = await stage.world.build.operator({
    organizationId: stage.operator.organizationId,
    role: 'owner',
  })
  const ownersClient = await stage.world.operator(owner)
  const setRole = (roleId: string) =>
    ownersClient.api.call(team.setRole, { params: { operatorId: admin.id }, body: { roleId } })
  await setRole(operatorRole)
  for (const { token, invitation } of [toAdmin, toOperator]) {
    expect(await codeOf(accept(token))).toBe('invitation.invalid')
    expect(await listed(invitation.id)).toBeUndefined()
  }
  await setRole(adminRole)
  await accept(toAdmin.token)
  await ownersClient.api.call(team.setActive, {
    params: { operatorId: admin.id },
    body: { active: false },
  })
  expect(await codeOf(accept(toOperator.token))).toBe('invitation.invalid')
})

test('[X7] without a server the mail is kept, shown without its secret, and gone from the list with the years', async () => {
  const world = await startWorldForTest()
  const owner = await world.build.operator({ role: 'owner', locale: 'fr' })
  const client = await world.operator(owner)
  const roleId = await world.build.roleId(owner.organizationId, 'operator')
  const body = { id: randomUUID(), roleId, email: 'marie@colleague.example' }
  const { token } = await client.api.call(team.invite, { body })
  const { items } = await eventually(
    () => client.api.call(team.listInvitations),
    ({ items: [first] }) => first?.mail?.state === 'kept',
  )
  expect(items).toMatchObject([{ mail: { to: body.email, state: 'kept' } }])
  const [mail] = (await client.api.call(listMails)).items
  const shown = await client.api.call(readMail, { params: { mailId: mail?.id ?? '' } })
  expect(shown.subject).toMatch(/ vous invite à rejoindre /)
  expect(shown.text).toContain('/invitation#…')
  expect(shown.text).not.toContain(token)
  await client.api.call(team.withdrawInvitation, { params: { invitationId: body.id } })
  expect((await client.api.call(readMail, { params: { mailId: mail?.id ?? '' } })).subject).toBe(
    shown.subject,
  )

  await world.db.owner(`update mails set created_at = created_at - interval '91 days'`)
  await world.app.sweep()
  expect((await client.api.call(listMails)).items).toEqual([])
})

test('[X7] one mailbox gets a few invitations a day, however its address is written and however fast', async () => {
  const mailbox = randomUUID()
  const asked = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      codeOf(
        invite(
          `${index % 2 ? mailbox.toUpperCase() : mailbox}${index > 3 ? `+${index}` : ''}@colleague.example`,
        ),
      ),
    ),
  )
  expect(asked.filter((code) => code === 'done')).toHaveLength(3)
  expect(asked.filter((code) => code === 'invitation.mailed_enough')).toHaveLength(9)
  // Other mailboxes, and links given by hand, do not mind.
  expect(await codeOf(invite(newAddress()))).toBe('done')
  expect(await codeOf(invite(null))).toBe('done')
})

test('[X7] what else was sent to somebody ends when they come in, and nothing more is sent', async () => {
  const [one, other] = [newAddress(), newAddress()]
  const first = await invite(one)
  const again = await invite(one.toUpperCase())
  const toOther = await invite(other)
  await accept(first.token, other)
  for (const { invitation } of [first, again, toOther]) expect(await listed(invitation.id)).toBeUndefined()
  expect(await codeOf(accept(again.token))).toBe('invitation.invalid')
  expect(await codeOf(invite(other))).toBe('operator.email_taken')
})
