import { randomUUID } from 'node:crypto'
import { readConversation } from '@foyer/contract/conversations.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import * as notes from '@foyer/contract/notes.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltOperator } from '../../testing/build.ts'
import {
  type ContactClient,
  codeOf,
  expectSynced,
  type OperatorClient,
  startWorld,
  type World,
} from '../../testing/world.ts'

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
  const contact = await world.build.contact({ organizationId: ann.organizationId })
  const widget = await world.build.widget({ organizationId: ann.organizationId })
  const conversation = await world.build.conversation({ contact, widget, assignee: ann })
  return { conversation, operator: annClient, contact: world.contact(contact, widget.key) }
}

const at = ({ id }: { id: string }) => ({ params: { conversationId: id } })
const readByContact = (contact: ContactClient, conversation: { id: string }) =>
  contact.api.call(messenger.readMyConversation, at(conversation))

test('[P9, C11] addNote and changeNote, by whoever has it and by colleagues, on ended ones too', async () => {
  const followed = await begun()
  const { conversation } = followed
  const mine = { id: randomUUID(), text: 'Knows us since 2019' }
  await expectSynced(followed, async () => {
    await annClient.api.call(notes.addNote, { ...at(conversation), body: mine })
    await bobClient.api.call(notes.addNote, {
      ...at(conversation),
      body: { id: randomUUID(), text: 'From Bob' },
    })
    await annClient.api.call(notes.changeNote, { ...at(conversation), body: { ...mine, text: 'Since 2018' } })
  })
  await world.build.happen({ ...conversation, row: { ...conversation.row } }, { kind: 'ended', by: ann.id })
  await annClient.api.call(notes.changeNote, { ...at(conversation), body: { id: mine.id, text: null } })
  const { entries } = await annClient.api.call(readConversation, at(conversation))
  const shown = entries.filter(({ kind }) => kind === 'note').map(({ text, body }) => [text, body?.event])
  expect(shown).toEqual([
    ['', 'note_deleted'],
    ['From Bob', 'note'],
  ])
})

test('[P9] a contact receives no note, and no gap where one stands', async () => {
  const { conversation, contact, operator } = await begun()
  const before = await readByContact(contact, conversation)
  const frames: unknown[] = []
  contact.live.onFrame((frame) => void frames.push(frame))
  const stop = contact.live.watch(conversation.id)
  const id = randomUUID()
  await operator.api.call(notes.addNote, { ...at(conversation), body: { id, text: 'canary of the note' } })
  await operator.api.call(notes.changeNote, { ...at(conversation), body: { id, text: 'canary, changed' } })
  await contact.api.call(messenger.writeMessage, {
    ...at(conversation),
    body: { id: randomUUID(), text: 'And then?' },
  })
  const after = await readByContact(contact, conversation)
  const changes = await contact.api.call(messenger.readMyConversation, {
    ...at(conversation),
    query: { after: before.n, epoch: before.epoch },
  })
  const page = await contact.api.call(messenger.listMyEntries, {
    ...at(conversation),
    query: { before: 1_000 },
  })
  stop()
  expect(after.entries.map(({ seq }) => seq)).toEqual(after.entries.map((_, index) => index + 1))
  expect(after.n).toBe(before.n + 1)
  expect(JSON.stringify([after, changes, page, frames])).not.toContain('canary')
})

test('[P9] only its author changes a note, and nobody one that is deleted', async () => {
  const { conversation, operator } = await begun()
  const id = randomUUID()
  await operator.api.call(notes.addNote, { ...at(conversation), body: { id, text: 'Mine' } })
  const change = (client: OperatorClient, text: string | null) =>
    codeOf(client.api.call(notes.changeNote, { ...at(conversation), body: { id, text } }))
  expect(await change(bobClient, 'Yours')).toBe('note.unknown')
  expect(await change(operator, null)).toBe('done')
  expect(await change(operator, 'Back again')).toBe('note.unknown')
})

test('[P9] a change repeated is made once, and one that was decided on before another is refused', async () => {
  const { conversation, operator } = await begun()
  const id = randomUUID()
  const added = await operator.api.call(notes.addNote, { ...at(conversation), body: { id, text: 'Once' } })
  const from = added.packet.entries[0]?.changedSeq ?? 0
  const change = (text: string | null) =>
    operator.api.call(notes.changeNote, { ...at(conversation), body: { id, text, from } })
  const answers = await Promise.all(Array.from({ length: 20 }, () => change('Twice')))
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(await codeOf(change('Thrice'))).toBe('note.changed')
  expect(await codeOf(change(null))).toBe('note.changed')
  const { entries, n } = await operator.api.call(readConversation, at(conversation))
  expect(entries.find((entry) => entry.id === id)?.text).toBe('Twice')
  expect(n).toBe(added.packet.n + 1)
})

test('[P9] twenty of one note at once make one; the id for another text is refused', async () => {
  const { conversation, operator } = await begun()
  const body = { id: randomUUID(), text: 'Once' }
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => operator.api.call(notes.addNote, { ...at(conversation), body })),
  )
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  const { entries } = await operator.api.call(readConversation, at(conversation))
  expect(entries.filter(({ kind }) => kind === 'note')).toHaveLength(1)
  const again = operator.api.call(notes.addNote, { ...at(conversation), body: { ...body, text: 'Twice' } })
  expect(await codeOf(again)).toBe('create.id_reused')
})
