import { randomUUID } from 'node:crypto'
import { createLive } from '@foyer/client/live.ts'
import * as accounts from '@foyer/contract/accounts.ts'
import type { Me } from '@foyer/contract/operators.ts'
import { socketPath } from '@foyer/contract/protocol.ts'
import * as sessions from '@foyer/contract/sessions.ts'
import * as team from '@foyer/contract/team.ts'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AccountStage, first, openAccountStage, second } from '../../testing/account-stage.ts'
import { tokenIn } from '../../testing/mailbox.ts'
import { eventually } from '../../testing/world.ts'

let open: AccountStage
beforeAll(async () => {
  open = await openAccountStage()
})
afterAll(() => open[Symbol.asyncDispose]())

test('[X7] a password is changed with the one before; all else that the account was open by ends', async () => {
  const ann = await open.operator({ locale: 'de' })
  const here = await open.loggedIn(ann.email, first)
  const there = await open.loggedIn(ann.email, first)
  const client = await open.stage.world.operator(ann)
  await eventually(
    () => client.live.status(),
    (status) => status === 'live',
  )
  const reset = await open.teamLink(ann)
  const before = here.cookies.foyer
  const { ticket } = (await there.send(sessions.createSocketTicket)).json

  const answer = await here.send(accounts.changePassword, { current: first, password: second })
  expect(answer.code).toBe('done')
  expect((answer.json as Me).email).toBe(ann.email)
  expect(here.cookies.foyer).not.toBe(before)
  expect(await open.isIn(here)).toBe(true)
  const old = open.browser()
  old.cookies.foyer = before ?? ''
  await open.soonOut(old)
  await open.soonOut(there)
  await eventually(
    () => client.live.status(),
    (status) => status === 'stopped',
  )
  expect(client.live.stopReason()).toBe('unauthorized')
  const left = await open.stage.world.db.owner('select from socket_tickets where operator_id = $1', [ann.id])
  expect([ticket.length, left]).toEqual([43, []])
  expect((await open.browser().send(accounts.readPasswordLink, { token: reset.token })).code).toBe(
    'link.invalid',
  )
  expect(await open.logIn(ann.email, first)).toBe('session.credentials')
  expect(await open.logIn(ann.email, second)).toBe('done')
  const mail = await open.mailTo(ann.email, /Passwort .* geändert/)
  expect(mail?.text).toContain('soeben geändert')
  const listed = (await here.send(sessions.listSessions)).json.items as { current: boolean }[]
  expect(listed.filter(({ current }) => current)).toHaveLength(1)
})

test('the sockets of the session that changed it come back', async () => {
  const ann = await open.operator()
  const here = await open.loggedIn(ann.email, first)
  const opened = await open.stage.world.operator(ann)
  // The same session in another tab: its cookie is the browser's.
  const live = createLive({
    url: open.stage.world.url.replace('http', 'ws') + socketPath,
    build: 'test',
    hello: async () => (await here.send(sessions.createSocketTicket)).json,
  })
  const statuses: string[] = []
  live.subscribe(() => statuses.push(live.status()))
  await eventually(
    () => live.status(),
    (status) => status === 'live',
  )
  expect((await here.send(accounts.changePassword, { current: first, password: second })).code).toBe('done')
  await eventually(
    () => statuses.join(),
    (all) => /live,.*live$/.test(all),
    10_000,
  )
  expect(statuses).not.toContain('stopped')
  live.stop()
  opened.live.stop()
})

test('[X7] what others try first is no password, wherever one is chosen', async () => {
  const ann = await open.operator()
  const here = await open.loggedIn(ann.email, first)
  for (const password of ['PassWord1!', '12345678', ann.email])
    expect((await here.send(accounts.changePassword, { current: first, password })).code).toBe(
      'password.common',
    )
  const { token } = await open.teamLink(ann)
  const tried = { token, password: 'qwertyuiop' }
  expect((await open.browser().send(accounts.setPasswordByLink, tried)).code).toBe('password.common')
  expect((await open.browser().send(accounts.setPasswordByLink, { token, password: 'short' })).code).toBe(
    'request.invalid',
  )
  const roleId = await open.stage.world.build.roleId(open.stage.operator.organizationId, 'operator')
  const invited = await open.stage.client.api.call(team.invite, { body: { id: randomUUID(), roleId } })
  const body = {
    token: invited.token,
    name: 'Nina Newcomer',
    email: `${randomUUID()}@c.example`,
    locale: 'en',
  }
  for (const password of ['sunshine', 'Nina.Newcomer!', 'lampsmore2026'])
    expect((await open.browser().send(team.acceptInvitation, { ...body, password })).code).toBe(
      'password.common',
    )
  expect((await open.browser().send(team.acceptInvitation, { ...body, password: second })).code).toBe('done')
})

test('wrong old passwords are slowed, also for who is logged in', async () => {
  const ann = await open.operator()
  const here = await open.loggedIn(ann.email, first)
  const codes: string[] = []
  for (let turn = 0; turn < 8; turn++)
    codes.push((await here.send(accounts.changePassword, { current: `no ${turn}`, password: second })).code)
  expect(codes.slice(0, 5)).toEqual(Array(5).fill('password.wrong'))
  expect(codes).toContain('request.too_many')
  await open.forgive()
})

test('of two changes at once one wins', async () => {
  const ann = await open.operator()
  const [one, two] = [await open.loggedIn(ann.email, first), await open.loggedIn(ann.email, first)]
  const codes = await Promise.all([
    one.send(accounts.changePassword, { current: first, password: second }),
    two.send(accounts.changePassword, { current: first, password: 'another long password' }),
  ])
  expect(codes.map(({ code }) => code).filter((code) => code === 'done')).toHaveLength(1)
})

test('[X7] who forgot a password is mailed a link, alike whether there is anybody; it works once', async () => {
  const ann = await open.operator()
  const nobody = `${randomUUID()}@nobody.example`
  const asked = [await open.browser().send(accounts.forgetPassword, { email: nobody })]
  asked.push(await open.browser().send(accounts.forgetPassword, { email: ann.email.toUpperCase() }))
  expect(asked.map(({ status, json }) => [status, json])).toEqual([
    [200, {}],
    [200, {}],
  ])
  const mail = await open.mailTo(ann.email, /new password/)
  const token = tokenIn(mail)
  expect(mail?.text).toContain(`/new-password#${token}`)
  expect(JSON.stringify(await open.stage.world.db.owner('select * from account_links'))).not.toContain(token)
  const there = await open.loggedIn(ann.email, first)
  const seen = await open.browser().send(accounts.readPasswordLink, { token })
  expect(seen.json).toMatchObject({ email: ann.email, organizationName: 'Lamps & more' })
  const own = open.browser()
  const answers = await Promise.all(
    [own, open.browser(), open.browser()].map((each) =>
      each.send(accounts.setPasswordByLink, { token, password: second }),
    ),
  )
  expect(answers.filter(({ code }) => code === 'done')).toHaveLength(1)
  expect(answers.filter(({ code }) => code === 'link.invalid')).toHaveLength(2)
  await open.soonOut(there)
  expect(await open.logIn(ann.email, second)).toBe('done')
  await open.mailTo(ann.email, /was changed/)
  expect(open.mailsTo(nobody, /./)).toEqual([])
  await open.forgive()
})

test('the answer takes as long for nobody as for somebody: it waits for nothing that is done for either', async () => {
  const ann = await open.operator()
  const owner = new pg.Client({ connectionString: open.stage.world.db.ownerUrl })
  await owner.connect()
  try {
    // Whoever looked for an account, or queued a mail, would wait for this to end.
    await owner.query('begin; lock table operators, mails, jobs in access exclusive mode')
    for (const email of [ann.email, `${randomUUID()}@nobody.example`])
      expect((await open.browser().send(accounts.forgetPassword, { email })).code).toBe('done')
    expect(open.mailsTo(ann.email, /new password/)).toEqual([])
  } finally {
    await owner.end()
  }
  await open.mailTo(ann.email, /new password/)
  await open.forgive()
})

test('a link is good for an hour, three an hour are mailed, and none to who no longer works here', async () => {
  const ann = await open.operator()
  const token = await open.forgotten(ann.email)
  for (let turn = 0; turn < 5; turn++)
    await open.browser().send(accounts.forgetPassword, { email: ann.email })
  await open.mailTo(ann.email, /new password/, 3)
  await open.stage.world.db.advance(61 * 60_000)
  expect((await open.browser().send(accounts.readPasswordLink, { token })).code).toBe('link.invalid')
  expect(open.mailsTo(ann.email, /new password/)).toHaveLength(3)
  const gone = await open.operator()
  const theirs = await open.forgotten(gone.email)
  await open.stage.world.db.owner('update operators set deactivated_at = clock_now() where id = $1', [
    gone.id,
  ])
  expect(
    (await open.browser().send(accounts.setPasswordByLink, { token: theirs, password: second })).code,
  ).toBe('link.invalid')
  await open.browser().send(accounts.forgetPassword, { email: gone.email })
  await open.forgive()
})

test('requests from one address are limited, whoever they ask for', async () => {
  const codes: string[] = []
  for (let turn = 0; turn < 32; turn++)
    codes.push((await open.browser().send(accounts.forgetPassword, { email: `${turn}@nobody.example` })).code)
  expect(codes.filter((code) => code === 'request.too_many').length).toBeGreaterThan(0)
  await open.forgive()
})

test('[X7] whoever manages the team makes a link for a colleague, who is told', async () => {
  const ann = await open.operator({ locale: 'fr' })
  const { token } = await open.teamLink(ann)
  const mail = await open.mailTo(ann.email, /a créé un lien/)
  expect(mail?.text).toContain(open.stage.operator.name)
  expect(mail?.text).not.toContain(token)
  const own = open.browser()
  expect((await own.send(accounts.setPasswordByLink, { token, password: second })).code).toBe('done')
  expect(await open.isIn(own)).toBe(true)
  expect((await open.browser().send(accounts.setPasswordByLink, { token, password: second })).code).toBe(
    'link.invalid',
  )
})

test('such a link ends when who made it could not make it any more', async () => {
  const { organizationId } = open.stage.operator
  const role = (kind: 'operator' | 'admin' | 'owner' | 'manager') =>
    open.stage.world.build.roleId(organizationId, kind)
  const give = async (who: { id: string }, kind: 'operator' | 'admin' | 'manager') =>
    open.stage.world.db.owner('update operators set role_id = $2 where id = $1', [who.id, await role(kind)])
  const [maker, ann] = [await open.operator({ role: 'admin' }), await open.operator()]
  const makers = await open.stage.world.operator(maker)
  const make = () => makers.api.call(accounts.makePasswordLink, { params: { operatorId: ann.id } })
  const read = async (token: string) => (await open.browser().send(accounts.readPasswordLink, { token })).code
  const { token } = await make()
  expect(await read(token)).toBe('done')
  // The colleague rises above who made it.
  await give(ann, 'manager')
  expect(await read(token)).toBe('link.invalid')
  expect((await open.browser().send(accounts.setPasswordByLink, { token, password: second })).code).toBe(
    'link.invalid',
  )
  await give(ann, 'operator')
  expect(await read(token)).toBe('done')
  await give(maker, 'operator')
  expect(await read(token)).toBe('link.invalid')
  await give(maker, 'admin')
  await open.stage.world.db.owner('update operators set deactivated_at = clock_now() where id = $1', [
    maker.id,
  ])
  expect(await read(token)).toBe('link.invalid')
})
