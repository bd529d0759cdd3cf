import { randomUUID } from 'node:crypto'
import * as accounts from '@foyer/contract/accounts.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type AccountStage,
  first,
  openAccountStage,
  second,
  type Visit,
} from '../../testing/account-stage.ts'
import { tokenIn } from '../../testing/mailbox.ts'

let open: AccountStage
beforeAll(async () => {
  open = await openAccountStage()
})
afterAll(() => open[Symbol.asyncDispose]())

test('[X7] an address is changed with the password, proven at the new one, told to the old one', async () => {
  const ann = await open.operator()
  const here = await open.loggedIn(ann.email, first)
  const email = `${randomUUID()}@new.example`
  const ask = (body: { email: string; password: string }) => here.send(accounts.requestAddress, body)
  expect((await ask({ email, password: 'not this one' })).code).toBe('password.wrong')
  expect((await ask({ email: open.stage.operator.email.toUpperCase(), password: first })).code).toBe(
    'operator.email_taken',
  )
  expect((await ask({ email, password: first })).code).toBe('done')
  const token = tokenIn(await open.mailTo(email, /Confirm/))
  expect(await open.logIn(email, first)).toBe('session.credentials')
  const seen = await open.browser().send(accounts.readAddressLink, { token })
  expect(seen.json).toEqual({ kind: 'address', organizationName: 'Lamps & more', email })
  const resetToOld = await open.forgotten(ann.email)
  expect((await open.browser().send(accounts.openAddressLink, { token })).json).toMatchObject({
    passwordToken: null,
  })
  expect((await open.browser().send(accounts.openAddressLink, { token })).code).toBe('link.invalid')
  expect(await open.logIn(email, first)).toBe('done')
  expect(await open.logIn(ann.email, first)).toBe('session.credentials')
  expect(await open.isIn(here)).toBe(true)
  expect((await open.browser().send(accounts.readPasswordLink, { token: resetToOld })).code).toBe(
    'link.invalid',
  )

  // Whoever changed it changes the password too; the old address still gets its account back.
  const undo = tokenIn(await open.mailTo(ann.email, /address .* was changed/))
  expect((await here.send(accounts.changePassword, { current: first, password: second })).code).toBe('done')
  await open.stage.world.db.advance(6 * 24 * 3_600_000)
  const thief = await open.loggedIn(email, second)
  const back = await open.browser().send(accounts.openAddressLink, { token: undo })
  expect(back.json).toMatchObject({ kind: 'undo', email: ann.email })
  await open.soonOut(thief)
  const own = open.browser()
  const set = { token: back.json.passwordToken, password: 'mine and mine alone' }
  expect((await own.send(accounts.setPasswordByLink, set)).code).toBe('done')
  expect(await open.logIn(ann.email, 'mine and mine alone')).toBe('done')
  expect(await open.logIn(email, second)).toBe('session.credentials')
  await open.forgive()
})

/** Changes the address of who is logged in here, and gives the secrets that went to the new and to the old one. */
async function moved(here: Visit, from: string, to: string, password: string) {
  expect((await here.send(accounts.requestAddress, { email: to, password })).code).toBe('done')
  const token = tokenIn(await open.mailTo(to, /Confirm/))
  expect((await open.browser().send(accounts.openAddressLink, { token })).code).toBe('done')
  return tokenIn(await open.mailTo(from, /address .* was changed/))
}

test('[X7] taking a change back ends what would take back younger ones, and nothing older', async () => {
  for (const last of ['older', 'younger'] as const) {
    const ann = await open.operator()
    const thief = await open.loggedIn(ann.email, first)
    const [one, two, three] = [1, 2, 3].map((each) => `${each}-${randomUUID()}@evil.example`)
    const older = await moved(thief, ann.email, one ?? '', first)
    const younger = await moved(thief, one ?? '', two ?? '', first)
    // One more change, of which the mail with the link cannot be delivered yet.
    open.stage.mailbox.refuse((to) => (to === two ? { code: 451, text: 'Later.' } : null))
    await thief.send(accounts.requestAddress, { email: three, password: first })
    const token = tokenIn(await open.mailTo(three ?? '', /Confirm/))
    expect((await open.browser().send(accounts.openAddressLink, { token })).code).toBe('done')
    const press = async (undo: string) => open.browser().send(accounts.openAddressLink, { token: undo })
    const read = async (undo: string) =>
      (await open.browser().send(accounts.readAddressLink, { token: undo })).code

    if (last === 'younger') {
      expect((await press(younger)).code).toBe('done')
      expect(await read(older)).toBe('done')
    }
    const back = await press(older)
    expect(back.json.email).toBe(ann.email)
    expect(await read(younger)).toBe('link.invalid')
    const set = { token: back.json.passwordToken, password: second }
    expect((await open.browser().send(accounts.setPasswordByLink, set)).code).toBe('done')
    expect((await press(younger)).code).toBe('link.invalid')
    const left = await open.stage.world.db.owner(
      `select kind from account_links where operator_id = $1
        union all select kind from mails where state = 'queued' and data ->> 'operatorId' = $1::text and kind = 'address_changed'`,
      [ann.id],
    )
    expect(left).toEqual([])
    open.stage.mailbox.refuse(() => null)
    expect(await open.logIn(ann.email, second)).toBe('done')
    await open.forgive()
  }
})

test('[X7] what takes a change of address back makes the password before unusable', async () => {
  const ann = await open.operator()
  const thief = await open.loggedIn(ann.email, first)
  const evil = `${randomUUID()}@evil.example`
  const undo = await moved(thief, ann.email, evil, first)
  const back = await open.browser().send(accounts.openAddressLink, { token: undo })
  expect(back.code).toBe('done')
  expect(await open.logIn(ann.email, first)).toBe('session.credentials')
  expect(await open.logIn(evil, first)).toBe('session.credentials')
  const forgotten = await open.forgotten(ann.email)
  const set = { token: forgotten, password: second }
  expect((await open.browser().send(accounts.setPasswordByLink, set)).code).toBe('done')
  expect(await open.logIn(ann.email, second)).toBe('done')
  await open.forgive()
})

test('an address that is taken meanwhile is refused when its link is opened', async () => {
  const ann = await open.operator()
  const here = await open.loggedIn(ann.email, first)
  const email = `${randomUUID()}@new.example`
  await here.send(accounts.requestAddress, { email, password: first })
  const token = tokenIn(await open.mailTo(email, /Confirm/))
  const other = await open.operator()
  await open.stage.world.db.owner('update operators set email = $2 where id = $1', [
    other.id,
    email.toUpperCase(),
  ])
  expect((await open.browser().send(accounts.openAddressLink, { token })).code).toBe('operator.email_taken')
})

test('links of one kind are none of another', async () => {
  const ann = await open.operator()
  const { token } = await open.teamLink(ann)
  expect((await open.browser().send(accounts.readAddressLink, { token })).code).toBe('link.invalid')
  expect((await open.browser().send(accounts.openAddressLink, { token })).code).toBe('link.invalid')
  expect((await open.browser().send(accounts.readPasswordLink, { token })).code).toBe('done')
})

test('of many wrong passwords from browsers that are not known the person is told once', async () => {
  const ann = await open.operator()
  const guess = async (turns: number) => {
    for (let turn = 0; turn < turns; turn++) {
      await open.logIn(ann.email, `guess ${turn}`)
      // Past the pause that wrong ones make.
      await open.stage.world.db.advance(31_000)
    }
  }
  await guess(9)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(open.mailsTo(ann.email, /trying to log in/)).toEqual([])
  await guess(8)
  await open.mailTo(ann.email, /trying to log in/)
  await guess(8)
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(open.mailsTo(ann.email, /trying to log in/)).toHaveLength(1)
  await open.forgive()
})

test('the log-in page is told whether mail goes out, and no name where there are several', async () => {
  expect((await open.browser().send(accounts.readFront)).json).toEqual({
    organizationName: 'Lamps & more',
    mail: true,
  })
  await open.stage.world.build.organization()
  expect((await open.browser().send(accounts.readFront)).json).toEqual({ organizationName: null, mail: true })
})
