import { randomBytes, randomUUID } from 'node:crypto'
import { createApi } from '@foyer/client/api.ts'
import { createLive } from '@foyer/client/live.ts'
import { blockContact, readContact, unblockContact } from '@foyer/contract/contacts.ts'
import {
  endConversation,
  listConversations,
  readConversation,
  sendMessage,
} from '@foyer/contract/conversations.ts'
import type { PublicEntry } from '@foyer/contract/entries.ts'
import { setMyEmail } from '@foyer/contract/mail.ts'
import {
  listMyConversations,
  listMyEntries,
  type PublicHead,
  readMyConversation,
  startConversation,
  writeMessage,
} from '@foyer/contract/messenger.ts'
import { socketPath } from '@foyer/contract/protocol.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltConversation, BuiltOperator, BuiltWidget } from '../../testing/build.ts'
import {
  codeOf,
  eventually,
  expectSynced,
  type OperatorClient,
  startWorld,
  type World,
} from '../../testing/world.ts'

let world: World
let ann: BuiltOperator
let client: OperatorClient
let widget: BuiltWidget

beforeAll(async () => {
  world = await startWorld()
  ann = await world.build.operator({ name: 'Ann' })
  client = await world.operator(ann)
  widget = await world.build.widget({ organizationId: ann.organizationId })
})
afterAll(() => world[Symbol.asyncDispose]())

const as = (token: string, base = world.url) =>
  createApi({ base, headers: () => ({ authorization: `Contact ${token}` }) })
const newToken = () => randomBytes(32).toString('base64url')
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

async function talk(): Promise<BuiltConversation> {
  const contact = await world.build.contact({ organizationId: ann.organizationId })
  return world.build.conversation({ contact, widget, assignee: ann })
}

const block = (contactId: string, until: string | null = null, id = randomUUID()) =>
  client.api.call(blockContact, { params: { contactId }, body: { id, reason: 'Insults', until } })
const unblock = (contactId: string) => client.api.call(unblockContact, { params: { contactId } })
const end = (conversationId: string) =>
  client.api.call(endConversation, { params: { conversationId }, body: { id: randomUUID() } })
const write = (token: string, conversationId: string, id = randomUUID()) =>
  as(token).call(writeMessage, { params: { conversationId }, body: { id, text: 'Let me in' } })
const begin = (token: string, mark?: string) =>
  as(token).call(startConversation, {
    body: {
      id: randomUUID(),
      widgetKey: widget.key,
      ...(mark ? { mark } : {}),
      message: { id: randomUUID(), text: 'Let me in' },
    },
  })
const mine = (token: string) => as(token).call(listMyConversations)

test('[T6] a blocked contact’s messages are refused and reach no inbox; what was said stays readable', async () => {
  const { id, contact } = await talk()
  const before = randomUUID()
  await write(contact.token, id, before)
  const until = inHours(24)
  const { block: shown } = await block(contact.id, until)
  expect(shown).toMatchObject({ reason: 'Insults', by: ann.id, until })
  const countAll = async () =>
    (await client.api.call(listConversations, { query: { list: 'all', limit: 100 } })).items.length
  const all = await countAll()
  const { head } = await client.api.call(readConversation, { params: { conversationId: id } })
  expect(head.contact.blockedUntil).toBe(until)

  expect(await codeOf(write(contact.token, id))).toBe('contact.blocked')
  expect(await codeOf(begin(contact.token))).toBe('contact.blocked')
  expect(await countAll()).toBe(all)
  const after = await client.api.call(readConversation, { params: { conversationId: id } })
  expect(after.head).toEqual(head)
  // What had arrived before is answered as it was.
  expect((await write(contact.token, id, before)).replayed).toBe(true)
  expect(
    await codeOf(
      client.api.call(sendMessage, {
        params: { conversationId: id },
        body: { id: randomUUID(), text: 'Hm' },
      }),
    ),
  ).toBe('contact.blocked')

  const list = await mine(contact.token)
  expect(list.blocked).toMatchObject({ until, mark: expect.any(String) })
  expect(list.items.map((item) => item.id)).toEqual([id])
  const read = await as(contact.token).call(readMyConversation, { params: { conversationId: id } })
  expect(read.entries.map(({ text }) => text)).toContain('Let me in')
  const pages = await as(contact.token).call(listMyEntries, {
    params: { conversationId: id },
    query: { before: 99, limit: 30 },
  })
  for (const told of [read, pages]) {
    expect(JSON.stringify(told)).not.toContain('Insults')
    expect(told.entries.filter(({ body }) => body?.event === 'blocked')).toHaveLength(1)
  }

  const again = await unblock(contact.id)
  expect(again.block).toBe(null)
  expect(await codeOf(write(contact.token, id))).toBe('done')
  expect((await mine(contact.token)).blocked).toBe(null)
})

test('[T6] who blocked, why and until when stands in the log for operators, and moves no clock', async () => {
  const conversation = await talk()
  const contact = world.contact(conversation.contact, widget.key)
  const params = { conversationId: conversation.id }
  const before = (await client.api.call(readConversation, { params })).head
  // By noteInLog, as all that is told about contacts.
  await expectSynced({ conversation, operator: client, contact }, async () => {
    await block(conversation.contact.id, null)
    await unblock(conversation.contact.id)
  })
  const { entries, head } = await client.api.call(readConversation, { params })
  expect(entries.slice(-2).map(({ actor, body }) => [actor.id, body])).toEqual([
    [ann.id, { v: 1, event: 'blocked', reason: 'Insults', until: null }],
    [ann.id, { v: 1, event: 'unblocked' }],
  ])
  const still = ({ state, rank, position, waitingSince, unread, assigneeId, preview }: typeof head) => ({
    state,
    rank,
    position,
    waitingSince,
    unread,
    assigneeId,
    preview,
  })
  expect(still(head)).toEqual(still(before))
})

test('[T6] a block ends by itself, and the same again changes nothing', async () => {
  const { id, contact } = await talk()
  const blockId = randomUUID()
  await block(contact.id, inHours(1), blockId)
  await block(contact.id, inHours(9), blockId)
  const { entries } = await client.api.call(readConversation, { params: { conversationId: id } })
  expect(entries.filter(({ body }) => body?.event === 'blocked')).toHaveLength(1)
  await world.db.owner('update contact_blocks set until_at = clock_now() where id = $1', [blockId])
  expect(await codeOf(write(contact.token, id))).toBe('done')
  const read = await client.api.call(readContact, { params: { contactId: contact.id } })
  expect(read.block).toBe(null)
  expect(await codeOf(block(contact.id, inHours(-1)))).toBe('request.invalid')
})

test('[T6] it holds for new secrets: of the same browser, of the same address, of one that has parted', async () => {
  const { contact } = await talk()
  await as(contact.token).call(setMyEmail, { body: { email: 'mallory@contact.example' } })
  await block(contact.id, null)
  const { blocked } = await mine(contact.token)
  const mark = blocked?.mark ?? ''
  expect(await codeOf(begin(newToken(), mark))).toBe('contact.blocked')
  // A mark that we did not sign says nothing.
  const forged = `${mark.slice(0, -1)}${mark.endsWith('A') ? 'B' : 'A'}`
  expect(await codeOf(begin(newToken(), forged))).toBe('done')

  const other = await talk()
  const token = other.contact.token
  await as(token).call(setMyEmail, { body: { email: 'Mallory+2@contact.example' } })
  expect(await codeOf(write(token, other.id))).toBe('contact.blocked')

  const parted = newToken()
  await world.db.owner(
    'insert into parted_identities (organization_id, address_hash, contact_id) values ($1, sha256($2), $3)',
    [contact.organizationId, Buffer.from(parted), contact.id],
  )
  expect(await codeOf(begin(parted))).toBe('contact.blocked')
  await unblock(contact.id)
  for (const attempt of [begin(newToken(), mark), begin(parted), write(token, other.id)])
    expect(await codeOf(attempt)).toBe('done')
})

test('[T6] sockets of a blocked contact hear nothing new, on any process, until it is over', async () => {
  const second = await world.another()
  const conversation = await talk()
  const { id, contact } = conversation
  const heard: string[] = []
  const lines = [world.url, second.url].map((url) => {
    const live = createLive<PublicEntry, PublicHead>({
      url: url.replace('http', 'ws') + socketPath,
      build: 'test',
      hello: async () => ({ contactToken: contact.token, widgetKey: widget.key }),
    })
    live.onFrame((frame) => heard.push(JSON.stringify(frame)))
    live.watch(id)
    return live
  })
  for (const live of lines) await eventually(() => live.conversation(id), Boolean)
  await block(contact.id, null)
  for (const live of lines)
    await eventually(
      () => live.conversation(id)?.entries.at(-1)?.body?.event,
      (event) => event === 'blocked',
    )
  const before = heard.length
  const late = createLive<PublicEntry, PublicHead>({
    url: world.url.replace('http', 'ws') + socketPath,
    build: 'test',
    hello: async () => ({ contactToken: contact.token, widgetKey: widget.key }),
  })
  late.watch(id)
  await eventually(() => late.conversation(id), Boolean)
  await end(id)
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(heard.slice(before).join()).not.toContain('ended')
  expect(late.conversation(id)?.entries.at(-1)?.body?.event).toBe('blocked')

  await unblock(contact.id)
  for (const live of [...lines, late])
    await eventually(
      () => live.conversation(id)?.entries.at(-1)?.body?.event,
      (event) => event === 'unblocked',
    )
  for (const live of [...lines, late]) live.stop()
})

test('[T6] nothing is mailed to a blocked contact, nor said to them by the widget', async () => {
  const { id, contact } = await talk()
  await as(contact.token).call(setMyEmail, { body: { email: `${randomUUID()}@contact.example` } })
  await client.api.call(sendMessage, {
    params: { conversationId: id },
    body: { id: randomUUID(), text: 'Hi' },
  })
  await block(contact.id, null)
  await world.db.owner(
    `update entries set at = at - interval '1 hour' where conversation_id = $1 and actor_kind = 'operator'`,
    [id],
  )
  await world.db.owner('update unread_mails set due_at = clock_now() where conversation_id = $1', [id])
  await eventually(
    () =>
      world.db.owner<{ due_at: Date | null }>('select due_at from unread_mails where conversation_id = $1', [
        id,
      ]),
    ([row]) => row?.due_at === null,
    15_000,
  )
  expect(await world.db.owner('select from mails where contact_id = $1', [contact.id])).toEqual([])
})

test('[T6] to block is a right of its own', async () => {
  const { contact } = await talk()
  const roleId = await world.build.role({ organizationId: ann.organizationId, rights: [] })
  const plain = await world.operator(
    await world.build.operator({ organizationId: ann.organizationId, roleId }),
  )
  const params = { contactId: contact.id }
  const body = { id: randomUUID(), reason: 'x', until: null }
  expect(await codeOf(plain.api.call(blockContact, { params, body }))).toBe('role.missing')
  expect(await codeOf(plain.api.call(unblockContact, { params }))).toBe('role.missing')
})

const leave = (token: string, email: string) => as(token).call(setMyEmail, { body: { email } })
const answer = (conversationId: string) =>
  client.api.call(sendMessage, { params: { conversationId }, body: { id: randomUUID(), text: 'Hm' } })
const headOf = async (conversationId: string) =>
  (await client.api.call(readConversation, { params: { conversationId } })).head

/** Contacts of one mailbox, each with an ended conversation and a running one, whose heads have been read. */
async function talksOf(emails: readonly string[]) {
  const talks = []
  for (const email of emails) {
    const ended = await talk()
    await leave(ended.contact.token, email)
    await end(ended.id)
    const running = await world.build.conversation({ contact: ended.contact, widget, assignee: ann })
    await headOf(ended.id)
    await answer(running.id)
    talks.push({ contact: ended.contact, ids: [ended.id, running.id] })
  }
  return talks
}

function listenAs(token: string, conversationId: string) {
  const live = createLive<PublicEntry, PublicHead>({
    url: world.url.replace('http', 'ws') + socketPath,
    build: 'test',
    hello: async () => ({ contactToken: token, widgetKey: widget.key }),
  })
  live.watch(conversationId)
  return live
}

test('[T6] whoever shares a mailbox is blocked and let in alike: heads, answers and sockets', async () => {
  const name = randomUUID()
  const talks = await talksOf([`${name}@x.example`, `${name}+b@x.example`, `${name.toUpperCase()}@x.example`])
  const [a, b, c] = talks
  const lines = talks.map(({ contact, ids }) => ({
    live: listenAs(contact.token, ids[1] ?? ''),
    id: ids[1] ?? '',
  }))
  const lastEvent = ({ live, id }: (typeof lines)[number]) =>
    live.conversation(id)?.entries.at(-1)?.body?.event
  for (const { live, id } of lines) await eventually(() => live.conversation(id), Boolean)

  const until = inHours(5)
  await block(a?.contact.id ?? '', until)
  for (const line of lines)
    await eventually(
      () => lastEvent(line),
      (event) => event === 'blocked',
    )
  for (const { contact, ids } of talks) {
    for (const id of ids) expect((await headOf(id)).contact.blockedUntil).toBe(until)
    expect(await codeOf(answer(ids[1] ?? ''))).toBe('contact.blocked')
    expect(await codeOf(write(contact.token, ids[1] ?? ''))).toBe('contact.blocked')
  }
  await end(b?.ids[1] ?? '')
  await new Promise((resolve) => setTimeout(resolve, 300))
  for (const line of lines) expect(lastEvent(line)).toBe('blocked')

  await unblock(b?.contact.id ?? '')
  for (const line of lines)
    await eventually(
      () => lastEvent(line),
      (event) => event === 'unblocked',
    )
  for (const { contact, ids } of talks) {
    for (const id of ids) expect((await headOf(id)).contact.blockedUntil).toBe(null)
    expect(await codeOf(write(contact.token, ids[1] ?? ''))).toBe('done')
  }
  for (const who of [a, c]) expect(await codeOf(answer(who?.ids[1] ?? ''))).toBe('done')
  for (const { live } of lines) live.stop()
})

test('[T6] nobody gets out of a block, nor out of its sight, by another address', async () => {
  const name = randomUUID()
  const [a, b] = await talksOf([`${name}@x.example`, `${name}+b@x.example`])
  const outside = await talk()
  await block(a?.contact.id ?? '')
  for (const token of [a?.contact.token ?? '', b?.contact.token ?? '']) {
    expect(await codeOf(leave(token, `${randomUUID()}@x.example`))).toBe('contact.blocked')
    expect(await codeOf(begin(token))).toBe('contact.blocked')
  }
  // The same again is no change.
  expect(await codeOf(leave(a?.contact.token ?? '', `${name}@x.example`))).toBe('done')

  // Who comes to the mailbox meanwhile is blocked from then on, in what is remembered of them and at their socket.
  const live = listenAs(outside.contact.token, outside.id)
  await eventually(() => live.conversation(outside.id), Boolean)
  await answer(outside.id)
  await leave(outside.contact.token, `${name}+c@x.example`)
  // Every process hears of it.
  await eventually(
    () => codeOf(answer(outside.id)),
    (code) => code === 'contact.blocked',
  )
  const before = live.conversation(outside.id)?.entries.length
  await end(outside.id)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(live.conversation(outside.id)?.entries.some(({ body }) => body?.event === 'ended')).toBe(false)
  expect(before).toBeGreaterThan(0)
  live.stop()
})

test('[T6] who merely claims an address shuts its owner out by no block of theirs', async () => {
  const email = `${randomUUID()}@x.example`
  const [stranger, owner, third] = await talksOf([email, email, email])
  const prove = (contactId = '') =>
    world.db.owner('update contacts set email_verified_at = clock_now() where id = $1', [contactId])
  await prove(owner?.contact.id)
  await block(stranger?.contact.id ?? '')
  const can = async (who: typeof owner) => codeOf(write(who?.contact.token ?? '', who?.ids[1] ?? ''))
  const all = [await can(stranger), await can(owner), await can(third)]
  expect(all).toEqual(['contact.blocked', 'done', 'contact.blocked'])
  expect((await headOf(owner?.ids[1] ?? '')).contact.blockedUntil).toBe(null)
  const shown = await client.api.call(readContact, { params: { contactId: owner?.contact.id ?? '' } })
  expect(shown.block).toBe(null)
  // Nor is the stranger let in by what is lifted of the owner.
  await unblock(owner?.contact.id ?? '')
  expect(await can(stranger)).toBe('contact.blocked')
  await unblock(stranger?.contact.id ?? '')

  // Proven, it is their mailbox, and a block of it reaches everybody there.
  await prove(third?.contact.id)
  await block(owner?.contact.id ?? '')
  for (const who of [stranger, owner, third]) expect(await can(who)).toBe('contact.blocked')
})
