import { randomUUID } from 'node:crypto'
import { listConversations, readConversation } from '@foyer/contract/conversations.ts'
import { answerErasure } from '@foyer/contract/messages.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { listNotifications } from '@foyer/contract/notifications.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltOperator } from '../../testing/build.ts'
import { beginTalk } from '../../testing/talk.ts'
import { codeOf, expectSynced, type OperatorClient, startWorld, type World } from '../../testing/world.ts'

let world: World
let ann: BuiltOperator
let annClient: OperatorClient
let bobClient: OperatorClient

beforeAll(async () => {
  world = await startWorld()
  ann = await world.build.operator({ name: 'Ann' })
  annClient = await world.operator(ann)
  bobClient = await world.operator(
    await world.build.operator({ name: 'Bob', organizationId: ann.organizationId }),
  )
})
afterAll(() => world[Symbol.asyncDispose]())

async function begun() {
  const talk = await beginTalk(world, ann, annClient)
  const { params, contact } = talk
  const ask = (messageId: string, by = contact) =>
    by.api.call(messenger.askForErasure, { params, body: { messageId } })
  const answer = (messageId: string, granted: boolean, by = annClient) =>
    by.api.call(answerErasure, { params, body: { messageId, granted } })
  return { ...talk, ask, answer }
}

test('[D1 D2] asked and granted, nothing of it is left on either side, nor in the database', async () => {
  const talk = await begun()
  const { params } = talk
  const text = 'A thylacine lives here'
  await expectSynced(talk, async () => {
    const id = await talk.write(text)
    await talk.ask(id)
    await talk.answer(id, true)
  })
  const theirs = await annClient.api.call(readConversation, { params })
  const mine = await talk.contact.api.call(messenger.readMyConversation, { params })
  const list = await annClient.api.call(listConversations, { query: { list: 'all', search: 'thylacine' } })
  for (const told of [theirs, mine, list]) expect(JSON.stringify(told)).not.toMatch(/thylacine/i)
  expect(list.items).toEqual([])
  expect(theirs.entries.at(-1)).toMatchObject({ kind: 'event', body: { event: 'message_erased' } })
  expect(mine.entries.at(-1)).toMatchObject({ kind: 'event', body: { v: 1, event: 'message_erased' } })
  expect(mine.entries.at(-1)?.body).not.toHaveProperty('operatorId')
  // The first message alone.
  expect(theirs.head).toMatchObject({ unread: 1 })
  const tables = await world.db.owner<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
     where c.relrowsecurity and c.relkind = 'r'`,
  )
  for (const { name } of tables) {
    const found = await world.db.owner(`select from ${name} t where t::text ilike '%thylacine%'`)
    expect(found, name).toHaveLength(0)
  }
  // Its author's hash would tell a guess right.
  const [entry] = await world.db.owner<{ same: boolean }>(
    `select request_hash = sha256(convert_to($2, 'UTF8')) as same from entries where id = $1`,
    [theirs.entries.at(-1)?.id, JSON.stringify([talk.conversation.id, { kind: 'contact_wrote' }, text])],
  )
  expect(entry?.same).toBe(false)
})

test('[D1] whoever has the conversation is notified, until it is answered', async () => {
  const talk = await begun()
  const id = await talk.write('Please forget this')
  await talk.ask(id)
  const told = async () =>
    (await annClient.api.call(listNotifications, {})).items
      .filter(({ conversationId }) => conversationId === talk.conversation.id)
      .map(({ kind, operatorId }) => [kind, operatorId])
  expect(await told()).toEqual([['erasure_asked', null]])
  await talk.answer(id, true)
  expect(await told()).toEqual([])
})

test('[D1] refused, both read so and it stays; granted it can be still', async () => {
  const talk = await begun()
  const { params } = talk
  const id = await talk.write('Kept')
  await talk.ask(id)
  await talk.answer(id, false)
  const seen = async () =>
    (await talk.contact.api.call(messenger.readMyConversation, { params })).entries.find((e) => e.id === id)
  expect(await seen()).toMatchObject({ text: 'Kept', marks: { erasure: 'refused' } })
  const theirs = await annClient.api.call(readConversation, { params })
  expect(theirs.entries.find((e) => e.id === id)?.marks?.erasure?.refusedBy).toBe(ann.id)
  await talk.answer(id, true)
  expect(await seen()).toMatchObject({ kind: 'event', text: '' })
})

test('[D1] repeated it changes nothing; refusals have their codes', async () => {
  const talk = await begun()
  const { params } = talk
  const id = await talk.write('Twenty times')
  expect(await codeOf(talk.answer(id, true))).toBe('message.not_asked')
  expect(await codeOf(talk.answer(id, true, bobClient))).toBe('role.missing')
  const asked = await Promise.all(Array.from({ length: 20 }, () => talk.ask(id)))
  expect(asked.filter(({ replayed }) => !replayed)).toHaveLength(1)
  const before = await annClient.api.call(readConversation, { params })
  const answers = await Promise.all(Array.from({ length: 20 }, () => talk.answer(id, true)))
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect((await annClient.api.call(readConversation, { params })).n).toBe(before.n + 1)
  expect(await codeOf(talk.ask(randomUUID()))).toBe('message.unknown')
  const other = await begun()
  expect(await codeOf(other.ask(id))).toBe('message.unknown')
  expect(await codeOf(talk.ask(id, other.contact))).toBe('conversation.unknown')
})
