import { randomBytes, randomUUID } from 'node:crypto'
import { endConversation, listConversations, readConversation } from '@foyer/contract/conversations.ts'
import { deleteForContact } from '@foyer/contract/messages.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltOperator } from '../../testing/build.ts'
import { beginTalk } from '../../testing/talk.ts'
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
let annClient: OperatorClient
let bobClient: OperatorClient
let headClient: OperatorClient

beforeAll(async () => {
  world = await startWorld()
  ann = await world.build.operator({ name: 'Ann' })
  const { organizationId } = ann
  annClient = await world.operator(ann)
  bobClient = await world.operator(await world.build.operator({ name: 'Bob', organizationId }))
  headClient = await world.operator(
    await world.build.operator({ name: 'Head', organizationId, role: 'manager' }),
  )
})
afterAll(() => world[Symbol.asyncDispose]())

async function begun() {
  const talk = await beginTalk(world, ann, annClient)
  const { params } = talk
  const remove = (messageId: string, by = annClient) =>
    by.api.call(deleteForContact, { params, body: { messageId } })
  return { ...talk, remove }
}

test('[D1 D2 D3] both sides hold after the packets what a fresh read gives; the operator reads on', async () => {
  const talk = await begun()
  const { params, contact, operator } = talk
  let id = ''
  await expectSynced(talk, async () => {
    id = await talk.say('The price is 30')
    await talk.write('Thank you')
    await talk.remove(id)
  })
  const mine = await contact.api.call(messenger.readMyConversation, { params })
  const theirs = await operator.api.call(readConversation, { params })
  expect(mine.entries.find((entry) => entry.id === id)).toMatchObject({
    kind: 'deleted',
    text: '',
    body: null,
  })
  const kept = theirs.entries.find((entry) => entry.id === id)
  expect(kept).toMatchObject({ kind: 'message', text: 'The price is 30', marks: { deleted: { by: ann.id } } })
  // Nothing else of the conversation is another.
  expect(theirs.head.state).toBe('open')
  expect(mine.entries.map(({ seq }) => seq)).toEqual(mine.entries.map((_, index) => index + 1))
})

test('[D1] twenty at once delete once; a conversation that has ended too', async () => {
  const talk = await begun()
  const id = await talk.say('Once')
  await annClient.api.call(endConversation, { params: talk.params, body: { id: randomUUID() } })
  const before = await annClient.api.call(readConversation, { params: talk.params })
  const answers = await Promise.all(Array.from({ length: 20 }, () => talk.remove(id)))
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  const after = await annClient.api.call(readConversation, { params: talk.params })
  expect(after.n).toBe(before.n + 1)
  expect(after.head).toMatchObject({ state: 'ended', lastAt: before.head.lastAt, rank: before.head.rank })
})

test('[D1] whose it is decides: own ones anybody, colleagues’ by right, contacts’ nobody, none that is not there', async () => {
  const talk = await begun()
  const id = await talk.say('Mine')
  const asked = await talk.write('Theirs')
  expect(await codeOf(talk.remove(id, bobClient))).toBe('role.missing')
  expect(await codeOf(talk.remove(id, headClient))).toBe('done')
  expect(await codeOf(talk.remove(asked))).toBe('message.undeletable')
  expect(await codeOf(talk.remove(randomUUID()))).toBe('message.unknown')
  const other = await begun()
  expect(await codeOf(other.remove(id))).toBe('message.unknown')
})

test('[D4] only on channels that can, and only as long as they can', async () => {
  const on = async (channel: string, hours: number) => {
    const talk = await begun()
    const id = await talk.say('Taken back?')
    await world.db.owner('update conversations set channel = $2 where id = $1', [
      talk.conversation.id,
      channel,
    ])
    await world.db.owner(`update entries set at = at - make_interval(hours => $2) where id = $1`, [id, hours])
    return codeOf(talk.remove(id))
  }
  expect(await on('website', 2_000)).toBe('done')
  expect(await on('custom', 2_000)).toBe('done')
  expect(await on('telegram', 47)).toBe('done')
  expect(await on('telegram', 49)).toBe('message.undeletable')
  for (const channel of ['email', 'whatsapp', 'sms', 'unheard_of'])
    expect(await on(channel, 0), channel).toBe('message.undeletable')
})

test('[D2] no way by which a contact can read leads to what was deleted', async () => {
  const talk = await begun()
  const { params, contact, conversation } = talk
  const frames: unknown[] = []
  contact.live.onFrame((frame) => void frames.push(frame))
  const stop = contact.live.watch(conversation.id)
  await eventually(() => contact.live.conversation(conversation.id), Boolean)
  const before = await contact.api.call(messenger.readMyConversation, { params })
  const id = await talk.say('A canary in the mine')
  await eventually(
    () => contact.live.conversation(conversation.id)?.entries.at(-1)?.text,
    (text) => text === 'A canary in the mine',
  )
  frames.length = 0
  const { packet } = await talk.remove(id)
  expect(packet.head.preview?.text).not.toContain('canary')
  // Whatever a client asks for: all, what changed since before it, a page, a list; its own answers; what its socket is told.
  const after = await contact.api.call(messenger.readMyConversation, { params })
  await eventually(
    () => contact.live.conversation(conversation.id)?.n,
    (n) => n === after.n,
  )
  const since = await contact.api.call(messenger.readMyConversation, {
    params,
    query: { after: before.n, epoch: before.epoch },
  })
  const page = await contact.api.call(messenger.listMyEntries, { params, query: { before: 1_000 } })
  const list = await contact.api.call(messenger.listMyConversations, {})
  const again = randomUUID()
  const write = () =>
    contact.api.call(messenger.writeMessage, { params, body: { id: again, text: 'And then?' } })
  const written = [await write(), await write()]
  const held = contact.live.conversation(conversation.id)
  stop()
  for (const told of [after, since, page, list, written, frames, held])
    expect(JSON.stringify(told)).not.toContain('canary')
  expect(since.entries.map((entry) => entry.kind)).toContain('deleted')

  // Another process tells no more, nor one that begins with the log as it was.
  const other = await world.another()
  const frame = await fetch(
    `${other.url}/api/v1/messenger/conversations/${conversation.id}?after=${before.n}&epoch=${before.epoch}`,
    { headers: { authorization: `Contact ${conversation.contact.token}` } },
  )
  expect(await frame.text()).not.toContain('canary')
})

test('[D2] what was unread and is deleted is not unread any more', async () => {
  const talk = await begun()
  const { params, contact } = talk
  const first = await talk.say('One')
  const second = await talk.say('Two')
  const unread = async () => (await contact.api.call(messenger.readMyConversation, { params })).head.unread
  expect(await unread()).toBe(2)
  await talk.remove(second)
  expect(await unread()).toBe(1)
  const { items } = await contact.api.call(messenger.listMyConversations, {})
  expect(items[0]).toMatchObject({ unread: 1, preview: { text: 'One' } })
  const badge = randomBytes(32).toString('base64url')
  await world.db.owner('update identities set badge_hash = sha256($2) where id = $1', [
    talk.conversation.contact.identityId,
    Buffer.from(badge),
  ])
  const ask = () => contact.api.call(messenger.readUnread, { params: { badge } })
  expect(await ask()).toEqual({ unread: 1 })
  await talk.remove(first)
  expect(await unread()).toBe(0)
  expect(await ask()).toEqual({ unread: 0 })
  // Nor is it counted when the contact has read some of what is there.
  const third = await talk.say('Three')
  await talk.say('Four')
  await talk.remove(third)
  const seq = (await contact.api.call(messenger.readMyConversation, { params })).entries.at(-3)?.seq ?? 0
  await contact.api.call(messenger.markMyReading, { params, body: { read: seq } })
  expect(await unread()).toBe(1)
})

test('[D3 L2] operators find it still', async () => {
  const talk = await begun()
  const id = await talk.say('An aardwolf among hyenas')
  await talk.remove(id)
  const { items } = await annClient.api.call(listConversations, {
    query: { list: 'all', search: 'aardwolf' },
  })
  expect(items.map((item) => item.id)).toEqual([talk.conversation.id])
})
