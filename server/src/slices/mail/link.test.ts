import { randomBytes, randomUUID } from 'node:crypto'
import { createApi } from '@foyer/client/api.ts'
import { readContact } from '@foyer/contract/contacts.ts'
import { openMailLink, readMailLink, setMyEmail } from '@foyer/contract/mail.ts'
import { listMyConversations, readMyConversation } from '@foyer/contract/messenger.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailStage, openMailStage } from '../../testing/mail-stage.ts'
import { tokenIn } from '../../testing/mailbox.ts'
import { startWorldForTest } from '../../testing/world.ts'

let stage: MailStage
beforeAll(async () => {
  stage = await openMailStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

const anyone = (token?: string) =>
  createApi({
    base: stage.world.url,
    headers: (): Record<string, string> => (token ? { authorization: `Contact ${token}` } : {}),
  })
const look = (token: string) => anyone().call(readMailLink, { body: { token } })
const open = (token: string) => anyone().call(openMailLink, { body: { token } })
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (failure: { code: string; message: string; status: number }) => `${failure.status} ${failure.code}`,
  )
const isVerified = async (contactId: string) =>
  (await stage.client.api.call(readContact, { params: { contactId } })).emailVerified

async function mailed(address = `${randomUUID()}@contact.example`) {
  const before = stage.mailbox.mails.length
  const made = await stage.conversation(address)
  await stage.answer(made.conversation, 'An answer')
  await stage.pass(11)
  const mails = await stage.mailbox.arrived(before + 1)
  return { ...made, address, token: tokenIn(mails.at(-1)) }
}

test('[T4] looking at a link proves nothing; opening it proves the address and opens that contact’s conversations', async () => {
  const { conversation, token } = await mailed('anna.berg@contact.example')
  const id = conversation.contact.id
  for (const method of ['GET', 'HEAD']) await fetch(`${stage.world.url}/m`, { method })
  for (let count = 0; count < 3; count++)
    expect(await look(token)).toEqual({
      organizationName: 'Lamps & more',
      address: 'a••••g@c••••t.example',
      locale: 'en',
      color: '#3b5bdb',
      beganAt: expect.any(String),
      site: null,
    })
  expect(await isVerified(id)).toBe(false)

  const opened = await open(token)
  expect(opened).toMatchObject({ conversationId: conversation.id, widgetKey: stage.widget.key })
  expect(await isVerified(id)).toBe(true)
  const mine = await anyone(opened.token).call(listMyConversations)
  expect(mine.items.map((head) => head.id)).toEqual([conversation.id])
  expect(mine.email).toBe('anna.berg@contact.example')

  const other = await stage.conversation(null)
  const params = { conversationId: other.conversation.id }
  expect(await refusalOf(anyone(opened.token).call(readMyConversation, { params }))).toBe(
    '404 conversation.unknown',
  )
  const [secret] = await stage.world.db.owner<{ days: string }>(
    `select round(extract(epoch from expires_at - clock_now()) / 86400) as days from identities
     where contact_id = $1 and expires_at is not null`,
    [id],
  )
  expect(Number(secret?.days)).toBe(7)
  await stage.world.db.owner('update identities set expires_at = clock_now() where expires_at is not null')
  expect((await anyone(opened.token).call(listMyConversations)).items).toEqual([])
  await stage.world.app.sweep()
  expect(
    await stage.world.db.owner('select from identities where contact_id = $1 and expires_at is not null', [
      id,
    ]),
  ).toEqual([])
})

test('[T4] of fifty who open a link at once one does', async () => {
  const { conversation, token } = await mailed()
  const answers = await Promise.all(Array.from({ length: 50 }, () => refusalOf(open(token))))
  expect(answers.filter((answer) => answer === 'done')).toHaveLength(1)
  expect(answers.filter((answer) => answer === '404 link.invalid')).toHaveLength(49)
  const made = await stage.world.db.owner(
    'select from identities where contact_id = $1 and expires_at is not null',
    [conversation.contact.id],
  )
  expect(made).toHaveLength(1)
})

test('[T4] used, expired, invented links and those of an address that was changed are answered alike', async () => {
  const used = await mailed()
  await open(used.token)
  const moved = await mailed()
  await moved.contact.api.call(setMyEmail, { body: { email: 'somebody.else@contact.example' } })
  const expired = await mailed()
  const gone = await mailed()
  await stage.world.database.run({
    text: 'select erase_contact($1, $2)',
    values: [gone.conversation.organizationId, gone.conversation.contact.id],
  })
  await stage.world.db.owner('update mail_links set expires_at = clock_now() where conversation_id = $1', [
    expired.conversation.id,
  ])
  const tokens = [used, moved, expired, gone].map(({ token }) => token)
  for (const token of [...tokens, randomBytes(32).toString('base64url'), 'short']) {
    const answers = await Promise.all(
      [readMailLink, openMailLink].map(async ({ path }) => {
        const response = await fetch(stage.world.url + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-foyer': '1' },
          body: JSON.stringify({ token }),
        })
        const { error } = (await response.json()) as { error: { code: string; message: string } }
        return [response.status, error.code, error.message]
      }),
    )
    expect(answers).toEqual(
      Array(2).fill([404, 'link.invalid', 'This link is wrong, was used, or has expired.']),
    )
  }
  expect(await isVerified(moved.conversation.contact.id)).toBe(false)
  expect(await isVerified(expired.conversation.contact.id)).toBe(false)
})

test('[T4] another address must be proven anew, the same in other letters not', async () => {
  const { conversation, address, token } = await mailed()
  const mine = anyone((await open(token)).token)
  const id = conversation.contact.id
  await mine.call(setMyEmail, { body: { email: address.toUpperCase() } })
  expect(await isVerified(id)).toBe(true)
  await mine.call(setMyEmail, { body: { email: `x${address}` } })
  expect(await isVerified(id)).toBe(false)
})

test('[T4] no secret of a link is stored or shown', async () => {
  const { conversation, token } = await mailed()
  for (const table of ['mails', 'mail_links', 'jobs', 'identities']) {
    const rows = await stage.world.db.owner(`select t::text as row from ${table} t`)
    expect(JSON.stringify(rows), table).not.toContain(token)
  }
  expect(stage.world.lines.join('\n')).not.toContain(token)
  expect(conversation.id).not.toBe('')
})

test('[T4] a link cannot be tried out at will', async () => {
  const world = await startWorldForTest({ limited: true })
  const tries = await Promise.all(
    Array.from({ length: 40 }, () =>
      refusalOf(
        createApi({ base: world.url }).call(openMailLink, {
          body: { token: randomBytes(32).toString('base64url') },
        }),
      ),
    ),
  )
  expect(tries.filter((answer) => answer === '429 request.too_many')).toHaveLength(10)
})
