import { randomUUID } from 'node:crypto'
import { createApi } from '@foyer/client/api.ts'
import { createLive } from '@foyer/client/live.ts'
import { readContact } from '@foyer/contract/contacts.ts'
import { readConversation } from '@foyer/contract/conversations.ts'
import type { PublicEntry } from '@foyer/contract/entries.ts'
import {
  openMailLink,
  readMailLink,
  refuseMailLink,
  renewMailLink,
  sendMyLink,
  setMyEmail,
} from '@foyer/contract/mail.ts'
import {
  listMyConversations,
  listMyEntries,
  markMyReading,
  type PublicHead,
  readMyConversation,
  readUnread,
  startConversation,
  writeMessage,
} from '@foyer/contract/messenger.ts'
import { socketPath } from '@foyer/contract/protocol.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { BuiltConversation } from '../../testing/build.ts'
import { type MailStage, openMailStage } from '../../testing/mail-stage.ts'
import { tokenIn } from '../../testing/mailbox.ts'
import { codeOf, eventually } from '../../testing/world.ts'

let stage: MailStage
beforeAll(async () => {
  stage = await openMailStage()
})
afterAll(() => stage[Symbol.asyncDispose]())
afterEach(() => {
  stage.mailbox.mails.length = 0
})

const as = (token?: string, base = stage.world.url) =>
  createApi({
    base,
    headers: (): Record<string, string> => (token ? { authorization: `Contact ${token}` } : {}),
  })
const newAddress = () => `${randomUUID()}@contact.example`

/** A stranger's conversation, an answer to it, and the link that came to the address they left. */
async function mailed(address = newAddress()) {
  const before = stage.mailbox.mails.length
  const made = await stage.conversation(address)
  await stage.answer(made.conversation, 'An answer')
  await stage.pass(11)
  // Time has passed for other conversations too, whose mails may come between.
  const mail = await eventually(
    () =>
      stage.mailbox.mails
        .slice(before)
        .find(({ to }) => [to].flat().some((its) => its?.text.includes(address))),
    Boolean,
  )
  return { ...made, address, token: tokenIn(mail) }
}

const press = (token: string, more: { own?: string; known?: string[] } = {}) =>
  as().call(openMailLink, { body: { token, ...more } })
const write = (token: string, conversationId: string, text: string) =>
  as(token).call(writeMessage, { params: { conversationId }, body: { id: randomUUID(), text } })
const logOf = async ({ id }: BuiltConversation) =>
  (await stage.client.api.call(readConversation, { params: { conversationId: id } })).entries

test('[T4] whoever merely claimed an address never reads on after its owner has pressed', async () => {
  const other = await stage.world.another()
  const { conversation, token, address } = await mailed()
  const stranger = conversation.contact.token
  const params = { conversationId: conversation.id }
  // They write once more, so that they have a badge, and follow on two processes.
  const { badge } = await as(stranger).call(listMyConversations)
  await stage.world.db.owner('update identities set badge_hash = sha256($2) where id = $1', [
    conversation.contact.identityId,
    Buffer.from(badge ?? ''),
  ])
  expect(await as().call(readUnread, { params: { badge: badge ?? '' } })).toEqual({ unread: 1 })
  const heard: unknown[] = []
  const lines = [stage.world.url, other.url].map((url) => {
    const live = createLive<PublicEntry, PublicHead>({
      url: url.replace('http', 'ws') + socketPath,
      build: 'test',
      hello: async () => ({ contactToken: stranger, widgetKey: stage.widget.key }),
    })
    live.onFrame((frame) => heard.push(frame))
    live.watch(conversation.id)
    return live
  })
  for (const live of lines) await eventually(() => live.conversation(conversation.id), Boolean)

  const opened = await press(token)
  const before = JSON.stringify(heard)
  await write(opened.token, conversation.id, 'The owner’s secret')
  await stage.answer(conversation, 'An answer to the owner')
  for (const live of lines) await eventually(live.stopReason, (reason) => reason === 'unauthorized')
  expect(JSON.stringify(heard)).not.toMatch(/owner/)
  expect(before).not.toBe('')

  for (const base of [stage.world.url, other.url]) {
    const api = as(stranger, base)
    expect(await api.call(listMyConversations)).toEqual({
      items: [],
      next: null,
      badge: null,
      email: null,
      blocked: null,
      parted: expect.stringMatching(/^.••••.@c••••t\.example$/),
    })
    const refused = [
      api.call(readMyConversation, { params }),
      api.call(readMyConversation, { params, query: { after: 1 } }),
      api.call(listMyEntries, { params, query: { before: 99, limit: 30 } }),
      api.call(markMyReading, { params, body: { read: 2 } }),
      api.call(writeMessage, { params, body: { id: randomUUID(), text: 'Still me' } }),
    ]
    expect(await Promise.all(refused.map(codeOf))).toEqual(Array(5).fill('conversation.unknown'))
    expect(await codeOf(api.call(setMyEmail, { body: { email: 'x@contact.example' } }))).toBe(
      'contact.unknown',
    )
    expect(await as(undefined, base).call(readUnread, { params: { badge: badge ?? '' } })).toEqual({
      unread: 0,
    })
    const again = createLive<PublicEntry, PublicHead>({
      url: base.replace('http', 'ws') + socketPath,
      build: 'test',
      hello: async () => ({ contactToken: stranger, widgetKey: stage.widget.key }),
    })
    const frames: { type: string; code?: string }[] = []
    again.onFrame((frame) => frames.push(frame))
    again.watch(conversation.id)
    await eventually(
      () => frames,
      (all) => all.some(({ code }) => code === 'conversation.unknown'),
    )
    expect(JSON.stringify(frames)).not.toMatch(/owner|head/)
    again.stop()
  }
  // The owner reads all of it.
  const mine = await as(opened.token).call(readMyConversation, { params })
  expect(mine.entries.map(({ text }) => text)).toContain('An answer to the owner')
  expect((await as(opened.token).call(listMyConversations)).email).toBe(address)
})

test('[T4] the browser that pressed keeps what it had, and its messages are marked for operators alone', async () => {
  const { conversation, token } = await mailed()
  const own = conversation.contact.token
  const elsewhere = await stage.conversation(null)
  const opened = await press(token, { known: [elsewhere.conversation.contact.token, own] })
  await write(own, conversation.id, 'From the website')
  await write(opened.token, conversation.id, 'From the mail')
  const said = (await logOf(conversation)).filter(({ kind }) => kind === 'message')
  expect(said.map(({ text, body }) => [text, body?.proven ?? false])).toEqual([
    ['Hello, is anybody there?', false],
    ['An answer', false],
    ['From the website', true],
    ['From the mail', true],
  ])
  const mine = await as(own).call(readMyConversation, { params: { conversationId: conversation.id } })
  expect(mine.entries.filter(({ kind }) => kind === 'message').map(({ body }) => body)).toEqual([
    null,
    null,
    null,
    null,
  ])
  expect(JSON.stringify(mine)).not.toContain('address_proven')
  // Somebody else's secret, which that browser showed as well, is as it was.
  const others = await as(elsewhere.conversation.contact.token).call(listMyConversations)
  expect(others.items.map(({ id }) => id)).toEqual([elsewhere.conversation.id])
  const { contact } = elsewhere.conversation
  const read = await stage.client.api.call(readContact, { params: { contactId: contact.id } })
  expect(read.emailVerified).toBe(false)
  const events = (await logOf(conversation)).map(({ body, publicSeq }) => [body?.event, publicSeq === null])
  expect(events).toContainEqual(['address_proven', true])
})

test('[T4] who has parted begins anew as somebody else, and can have the link sent to where it went', async () => {
  const { conversation, token, address } = await mailed()
  const stranger = conversation.contact.token
  await press(token)
  stage.mailbox.mails.length = 0
  for (let count = 0; count < 5; count++) expect(await as(stranger).call(sendMyLink)).toEqual({})
  await stage.mailbox.arrived(1)
  await eventually(
    () => stage.world.db.owner(`select from jobs where kind = 'mail.send'`),
    (jobs) => jobs.length === 0,
  )
  const sent = (await stage.mailsTo(address)).length
  expect(sent).toBe(1 + 3)
  const [mail] = stage.mailbox.mails
  expect(mail?.subject).toBe('Your link to the conversation with Lamps & more')
  expect((await press(tokenIn(mail))).conversationId).toBe(conversation.id)

  const id = randomUUID()
  const body = { id, widgetKey: stage.widget.key, message: { id: randomUUID(), text: 'Anew' } }
  await as(stranger).call(startConversation, { body })
  const list = await as(stranger).call(listMyConversations)
  expect(list.items.map((head) => head.id)).toEqual([id])
  expect(list).toMatchObject({ email: null, parted: null })
  const [row] = await stage.world.db.owner<{ contact_id: string }>(
    'select contact_id from conversations where id = $1',
    [id],
  )
  expect(row?.contact_id).not.toBe(conversation.contact.id)
})

test('[T4] the browser that opened a link opens it again; another does not, and may ask for a new one', async () => {
  const { conversation, token, address } = await mailed()
  const first = await press(token)
  const again = await press(token, { own: first.token })
  expect(again).toEqual(first)
  const facts = await as().call(readMailLink, { body: { token, own: first.token } })
  expect(facts.organizationName).toBe('Lamps & more')
  const stranger = conversation.contact.token
  for (const own of [stranger, undefined])
    expect(await codeOf(press(token, own ? { own } : {}))).toBe('link.invalid')
  await stage.world.db.owner(
    "update identities set expires_at = clock_now() - interval '1 s' where contact_id = $1",
    [conversation.contact.id],
  )
  expect(await codeOf(press(token, { own: first.token }))).toBe('link.invalid')

  stage.mailbox.mails.length = 0
  for (const asked of [token, 'invented', token, token, token])
    expect(await as().call(renewMailLink, { body: { token: asked } })).toEqual({})
  await stage.mailbox.arrived(3)
  expect(await stage.mailsTo(address)).toHaveLength(4)
  const opened = await press(tokenIn(stage.mailbox.mails[0]))
  expect(opened.conversationId).toBe(conversation.id)

  // To an address that is no longer the contact's nothing goes.
  await as(opened.token).call(setMyEmail, { body: { email: newAddress() } })
  await stage.pass(61)
  await as().call(renewMailLink, { body: { token } })
  expect(await stage.mailsTo(address)).toHaveLength(4)
})

test('[T4] “That was not me” drops the address, ends its mails and is told to operators', async () => {
  const { conversation, token, address, contact } = await mailed()
  const contactId = conversation.contact.id
  await stage.answer(conversation, 'One more')
  await as().call(refuseMailLink, { body: { token } })
  const read = await stage.client.api.call(readContact, { params: { contactId } })
  expect(read).toMatchObject({ email: null, emailVerified: false })
  const told = (await logOf(conversation)).find(({ body }) => body?.event === 'address_refused')
  expect(told).toMatchObject({ publicSeq: null, body: { address } })
  for (const call of [press(token), as().call(refuseMailLink, { body: { token } })])
    expect(await codeOf(call)).toBe('link.invalid')
  const mine = await contact.api.call(listMyConversations)
  expect(mine.email).toBe(null)
  expect(mine.items).toHaveLength(1)
  expect(
    JSON.stringify(
      await contact.api.call(readMyConversation, { params: { conversationId: conversation.id } }),
    ),
  ).not.toContain('refused')

  // Left again, by them or by somebody else: nothing goes there.
  const sent = (await stage.mailsTo(address)).length
  await contact.api.call(setMyEmail, { body: { email: address.replace('@', '+more@') } })
  await stage.answer(conversation, 'And another')
  await stage.pass(12)
  await stage.deadline(conversation, (due) => due !== undefined)
  await stage.pass(12)
  expect(await stage.mailsTo(address.replace('@', '+more@'))).toEqual([])
  expect(await stage.mailsTo(address)).toHaveLength(sent)
})

test('[T4] whoever opened the conversation and sees that it is not theirs gives it back', async () => {
  const { conversation, token } = await mailed()
  const opened = await press(token)
  expect(await codeOf(as().call(refuseMailLink, { body: { token } }))).toBe('link.invalid')
  await as().call(refuseMailLink, { body: { token, own: opened.token } })
  expect((await as(opened.token).call(listMyConversations)).items).toEqual([])
  const { email } = await stage.client.api.call(readContact, {
    params: { contactId: conversation.contact.id },
  })
  expect(email).toBe(null)
})

test('[T4] all the ways to write one mailbox share its mails', async () => {
  const mailbox = randomUUID()
  for (const alias of ['', '+1', '+2', '+shop+x', '+A'])
    await stage
      .conversation(`${mailbox}${alias}@contact.example`)
      .then(({ conversation }) => stage.answer(conversation, 'Hello'))
  await stage.pass(11)
  await stage.mailbox.arrived(3)
  const sent = () =>
    stage.world.db.owner(`select from mails where to_address like $1 and state = 'sent'`, [`${mailbox}%`])
  await eventually(sent, (rows) => rows.length === 3)
  await stage.pass(1)
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(await sent()).toHaveLength(3)
})

test('an address that a contact leaves reaches an operator’s open conversation', async () => {
  const { conversation, contact } = await stage.conversation(null)
  const { live } = stage.client
  const end = live.watch(conversation.id)
  await eventually(() => live.conversation(conversation.id), Boolean)
  const address = newAddress()
  await contact.api.call(setMyEmail, { body: { email: address } })
  const held = await eventually(
    () => live.conversation(conversation.id),
    (value) => value?.head.contact.email === address,
  )
  expect(held?.entries.at(-1)?.body).toEqual({ v: 1, event: 'address_left', address })
  end()
})
