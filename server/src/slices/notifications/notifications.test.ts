import { randomUUID } from 'node:crypto'
import { assignConversation } from '@foyer/contract/conversations.ts'
import { addNote, changeNote } from '@foyer/contract/notes.ts'
import { listNotifications, readNotifications } from '@foyer/contract/notifications.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltOperator } from '../../testing/build.ts'
import { codeOf, eventually, type OperatorClient, startWorld, type World } from '../../testing/world.ts'

let world: World
let ann: BuiltOperator
let bob: BuiltOperator
let annClient: OperatorClient
let bobClient: OperatorClient

beforeAll(async () => {
  world = await startWorld()
  ann = await world.build.operator({ name: 'Ann' })
  bob = await world.build.operator({ name: 'Bob', organizationId: ann.organizationId })
  annClient = await world.operator(ann)
  bobClient = await world.operator(bob)
})
afterAll(() => world[Symbol.asyncDispose]())

async function begun() {
  const contact = await world.build.contact({ organizationId: ann.organizationId, name: 'Claire' })
  const widget = await world.build.widget({ organizationId: ann.organizationId })
  return world.build.conversation({ contact, widget, assignee: ann })
}
const at = ({ id }: { id: string }) => ({ params: { conversationId: id } })
const list = (client: OperatorClient, query: { cursor?: string; limit?: number } = {}) =>
  client.api.call(listNotifications, { query })
/** What of one conversation stands in an operator's list. */
const of = async (client: OperatorClient, { id }: { id: string }) =>
  (await list(client)).items.filter(({ conversationId }) => conversationId === id)

test('[O1, N6, P9] who is named in a note is told at once, and once, however often it is changed', async () => {
  const conversation = await begun()
  const told: string[] = []
  bobClient.live.onFrame((frame) => void (frame.type === 'changed' && told.push(frame.what)))
  const note = { id: randomUUID(), text: '@Bob, please look at this' }
  const body = { ...note, mentions: [bob.id, ann.id] }
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => annClient.api.call(addNote, { ...at(conversation), body })),
  )
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  await eventually(
    async () => told,
    (whats) => whats.includes('notifications'),
  )
  await annClient.api.call(changeNote, { ...at(conversation), body: { ...body, text: '@Bob, it is urgent' } })
  expect(await of(bobClient, conversation)).toMatchObject([
    { kind: 'mentioned', read: false, operatorId: ann.id, contactName: 'Claire', text: '@Bob, it is urgent' },
  ])
  // Nobody is told of what they did themselves.
  expect(await of(annClient, conversation)).toEqual([])
  await annClient.api.call(changeNote, { ...at(conversation), body: { id: note.id, text: null } })
  expect(await of(bobClient, conversation)).toEqual([])
})

test('[O1, P9] a change of a note tells who was not named before; strangers and leavers cannot be named', async () => {
  const conversation = await begun()
  const note = { id: randomUUID(), text: 'For later' }
  await annClient.api.call(addNote, { ...at(conversation), body: note })
  expect(await of(bobClient, conversation)).toEqual([])
  await annClient.api.call(changeNote, {
    ...at(conversation),
    body: { ...note, text: 'For @Bob', mentions: [bob.id] },
  })
  expect(await of(bobClient, conversation)).toHaveLength(1)
  const stranger = await world.build.operator({ name: 'Stranger' })
  const leaver = await world.build.operator({ name: 'Leaver', organizationId: ann.organizationId })
  await world.db.owner('update operators set deactivated_at = now() where id = $1', [leaver.id])
  for (const id of [stranger.id, leaver.id, randomUUID()]) {
    const body = { id: randomUUID(), text: 'Hm', mentions: [id] }
    expect(await codeOf(annClient.api.call(addNote, { ...at(conversation), body }))).toBe('operator.unknown')
  }
})

test('[O1, A2] who is given a conversation by a colleague is told; who takes one is not', async () => {
  const conversation = await begun()
  const give = (client: OperatorClient, from: string, to: string) =>
    client.api.call(assignConversation, {
      ...at(conversation),
      body: { id: randomUUID(), operatorId: to, from },
    })
  await give(annClient, ann.id, bob.id)
  expect(await of(bobClient, conversation)).toMatchObject([
    { kind: 'assigned', operatorId: ann.id, text: '' },
  ])
  await give(annClient, bob.id, ann.id)
  expect(await of(annClient, conversation)).toEqual([])
})

test('[O1] reading: those of a conversation, then all; pages meet without gap or double', async () => {
  const eve = await world.build.operator({ name: 'Eve', organizationId: ann.organizationId })
  const eveClient = await world.operator(eve)
  const conversations = [await begun(), await begun()]
  for (let n = 0; n < 25; n++) {
    const conversation = conversations[n % 2] as (typeof conversations)[number]
    const body = { id: randomUUID(), text: `@Eve ${n}`, mentions: [eve.id] }
    await annClient.api.call(addNote, { ...at(conversation), body })
  }
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await list(eveClient, { limit: 10, ...(cursor ? { cursor } : {}) })
    seen.push(...page.items.map(({ text }) => text))
    cursor = page.next ?? undefined
  } while (cursor)
  expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `@Eve ${24 - n}`))
  const read = (body: { conversationId?: string }) => eveClient.api.call(readNotifications, { body })
  expect(await read({ conversationId: conversations[0]?.id ?? '' })).toEqual({ unread: 12 })
  expect(await read({})).toEqual({ unread: 0 })
  expect((await list(eveClient)).items.every((item) => item.read)).toBe(true)
})

test('[O1] what tells of a contact goes with the contact', async () => {
  const conversation = await begun()
  const body = { id: randomUUID(), text: 'For @Bob', mentions: [bob.id] }
  await annClient.api.call(addNote, { ...at(conversation), body })
  await world.db.database.run({
    text: 'select erase_contact($1, $2)',
    values: [ann.organizationId, conversation.row.contact_id],
  })
  expect(await of(bobClient, conversation)).toEqual([])
})
