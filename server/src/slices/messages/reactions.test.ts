import { randomUUID } from 'node:crypto'
import { listConversations, readConversation } from '@foyer/contract/conversations.ts'
import { mostReactions } from '@foyer/contract/marks.ts'
import { deleteForContact, react } from '@foyer/contract/messages.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { addNote } from '@foyer/contract/notes.ts'
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
  ann = await world.build.operator({ name: 'Ann Real', alias: 'Ann' })
  annClient = await world.operator(ann)
  bobClient = await world.operator(
    await world.build.operator({ name: 'Bob', organizationId: ann.organizationId }),
  )
})
afterAll(() => world[Symbol.asyncDispose]())

async function begun() {
  const talk = await beginTalk(world, ann, annClient)
  const { params, contact } = talk
  const byAnn = (messageId: string, emoji: string, on = true, by = annClient) =>
    by.api.call(react, { params, body: { messageId, emoji, on } })
  const byContact = (messageId: string, emoji: string, on = true) =>
    contact.api.call(messenger.reactAsContact, { params, body: { messageId, emoji, on } })
  const marks = async (id: string) => ({
    theirs: (await annClient.api.call(readConversation, { params })).entries.find((e) => e.id === id)?.marks,
    mine: (await contact.api.call(messenger.readMyConversation, { params })).entries.find((e) => e.id === id)
      ?.marks,
  })
  return { ...talk, byAnn, byContact, marks }
}

test('[X2] both sides react, with several, and take back; each reads who by the names they know', async () => {
  const talk = await begun()
  let id = ''
  await expectSynced(talk, async () => {
    id = await talk.say('It is in stock')
    await talk.byContact(id, '👍')
    await talk.byAnn(id, '👍')
    await talk.byAnn(id, '👩🏽‍🚀')
    await talk.byContact(id, '❤️')
    await talk.byAnn(id, '👩🏽‍🚀', false)
  })
  const { theirs, mine } = await talk.marks(id)
  expect(theirs?.reactions).toEqual([
    {
      emoji: '👍',
      by: [
        { kind: 'contact', id: null },
        { kind: 'operator', id: ann.id },
      ],
    },
    { emoji: '❤️', by: [{ kind: 'contact', id: null }] },
  ])
  expect(mine?.reactions).toEqual([
    { emoji: '👍', mine: true, names: ['Ann'] },
    { emoji: '❤️', mine: true, names: [] },
  ])
  expect(JSON.stringify(mine)).not.toContain('Real')
  await talk.byContact(id, '❤️', false)
  await talk.byContact(id, '👍', false)
  await talk.byAnn(id, '👍', false)
  expect(await talk.marks(id)).toEqual({})
})

test('[X2] it makes nothing unread, notifies nobody and wins no place in lists', async () => {
  const talk = await begun()
  const id = await talk.say('Quietly')
  const before = await annClient.api.call(readConversation, { params: talk.params })
  const list = async () =>
    (await annClient.api.call(listConversations, { query: { list: 'mine' } })).items.map((head) => head.id)
  const order = await list()
  const told = async () => (await annClient.api.call(listNotifications, {})).items.length
  const notifications = await told()
  await talk.byContact(id, '😂')
  await talk.byAnn(id, '😮')
  const after = await annClient.api.call(readConversation, { params: talk.params })
  const { n: _n, ...unmoved } = before.head
  expect(after.head).toMatchObject(unmoved)
  expect(await list()).toEqual(order)
  expect(await told()).toBe(notifications)
  expect((await talk.contact.api.call(messenger.listMyConversations, {})).items[0]?.unread).toBe(1)
})

test('[X2] twenty of one at once make one; what is no single emoji, or too much, is refused', async () => {
  const talk = await begun()
  const id = await talk.say('Once')
  const answers = await Promise.all(Array.from({ length: 20 }, () => talk.byContact(id, '🙏')))
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  for (const text of ['', 'a', '👍👍', '👍 ', '1', '<b>', '©'.repeat(50)])
    expect(await codeOf(talk.byContact(id, text)), text).toBe('request.invalid')
  const faces = Array.from({ length: mostReactions }, (_, index) => String.fromCodePoint(0x1f600 + index))
  for (const face of faces.slice(1)) expect(await codeOf(talk.byContact(id, face)), face).toBe('done')
  expect(await codeOf(talk.byAnn(id, '🎉'))).toBe('message.reactions_full')
  expect(await codeOf(talk.byAnn(id, '🙏'))).toBe('done')
})

test('[X2] only who answers reacts, on messages that are there, where the channel can', async () => {
  const talk = await begun()
  const id = await talk.say('Mine')
  expect(await codeOf(talk.byAnn(id, '👍', true, bobClient))).toBe('conversation.not_yours')
  const note = randomUUID()
  await annClient.api.call(addNote, { params: talk.params, body: { id: note, text: 'Internal' } })
  expect(await codeOf(talk.byContact(note, '👍'))).toBe('message.unknown')
  expect(await codeOf(talk.byContact(randomUUID(), '👍'))).toBe('message.unknown')
  await talk.byContact(id, '👍')
  await annClient.api.call(deleteForContact, { params: talk.params, body: { messageId: id } })
  expect(await codeOf(talk.byContact(id, '❤️'))).toBe('message.unknown')
  expect((await talk.marks(id)).mine).toBeUndefined()
  await world.db.owner(`update conversations set channel = 'sms' where id = $1`, [talk.conversation.id])
  const other = await annClient.api.call(readConversation, { params: talk.params })
  const first = other.entries[0]?.id ?? ''
  expect(await codeOf(talk.byAnn(first, '👍'))).toBe('message.no_reactions')
})
