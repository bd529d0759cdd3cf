import { randomUUID } from 'node:crypto'
import { readConversation, sendMessage } from '@foyer/contract/conversations.ts'
import { listDrafts, saveDraft } from '@foyer/contract/drafts.ts'
import { readMyConversation, startConversation, writeMessage } from '@foyer/contract/messenger.ts'
import { addNote, changeNote } from '@foyer/contract/notes.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltOperator } from '../../testing/build.ts'
import { codeOf, expectSynced, type OperatorClient, startWorld, type World } from '../../testing/world.ts'

let world: World
let ann: BuiltOperator
let client: OperatorClient
beforeAll(async () => {
  world = await startWorld()
  ann = await world.build.operator({ name: 'Ann' })
  client = await world.operator(ann)
})
afterAll(() => world[Symbol.asyncDispose]())

async function talk() {
  const { organizationId } = ann
  const contact = await world.build.contact({ organizationId })
  const widget = await world.build.widget({ organizationId })
  const conversation = await world.build.conversation({ contact, widget, assignee: ann })
  const params = { conversationId: conversation.id }
  return { conversation, contact: world.contact(contact, widget.key), params }
}

const bold = (text: string): RichText => [{ type: 'paragraph', runs: [{ text, bold: true }] }]
const list: RichText = [{ type: 'bullets', items: [bold('one'), bold('two')] }]
const textOfList = '• one\n• two'

test('[C1] a formatted message reaches both sides with its formatting and its text; a plain one has no body', async () => {
  const { conversation, contact, params } = await talk()
  await expectSynced({ conversation, operator: client, contact }, async () => {
    await client.api.call(sendMessage, { params, body: { id: randomUUID(), content: list } })
    const plain: RichText = [{ type: 'paragraph', runs: [{ text: ' plain\n' }] }]
    await client.api.call(sendMessage, { params, body: { id: randomUUID(), content: plain } })
  })
  const { entries, head } = await client.api.call(readConversation, { params })
  const body = { v: 1, event: 'written', content: list }
  expect(entries.slice(-2)).toMatchObject([
    { text: textOfList, body },
    { text: ' plain', body: null },
  ])
  expect(head.preview?.text).toBe(' plain')
  const mine = await contact.api.call(readMyConversation, { params })
  expect(mine.entries.slice(-2)).toMatchObject([
    { text: textOfList, body },
    { text: ' plain', body: null },
  ])
})

test('[C1] the deepest and the most divided tree that the contract takes is taken as a request, too', async () => {
  const { params } = await talk()
  const send = (content: RichText) =>
    client.api.call(sendMessage, { params, body: { id: randomUUID(), content } })
  let deep: RichText = bold('x')
  for (let level = 0; level < 5; level++) deep = [{ type: 'bullets', items: [deep] }]
  expect((await send(deep)).replayed).toBe(false)
  const many: RichText = [{ type: 'numbers', items: Array.from({ length: 1_130 }, () => bold('€')) }]
  expect((await send(many)).replayed).toBe(false)
})

test('[C1] what is sent again is the same only with the same formatting', async () => {
  const { params } = await talk()
  const id = randomUUID()
  const send = (body: { content: RichText } | { text: string }) =>
    client.api.call(sendMessage, { params, body: { id, ...body } })
  expect((await send({ content: bold('Hello') })).replayed).toBe(false)
  // By its meaning, not by how it is put together.
  const parts: RichText = [
    {
      type: 'paragraph',
      runs: [
        { text: 'Hel', bold: true },
        { text: 'lo\n', bold: true },
      ],
    },
  ]
  expect((await send({ content: parts })).replayed).toBe(true)
  expect(await codeOf(send({ text: 'Hello' }))).toBe('create.id_reused')
  expect(await codeOf(send({ content: list }))).toBe('create.id_reused')
})

test('[C1] a contact’s formatting is refused, and so is what has none or both', async () => {
  const { contact, params } = await talk()
  const request = (body: object) =>
    contact.api.request('POST', writeMessage.path.replace(':conversationId', params.conversationId), { body })
  expect(await codeOf(request({ id: randomUUID(), content: list }))).toBe('request.invalid')
  expect(await codeOf(request({ id: randomUUID(), text: 'x', content: list }))).toBe('request.invalid')
  expect(
    startConversation.body.safeParse({
      id: randomUUID(),
      widgetKey: 'w',
      message: { id: randomUUID(), content: list },
    }).success,
  ).toBe(false)
  for (const body of [{}, { text: 'x', content: list }, { content: [] }, { content: 'x' }])
    expect(sendMessage.body.safeParse({ id: randomUUID(), ...body }).success).toBe(false)
})

test('[C1 C11] notes keep their formatting, also when it alone is changed, and are the same when it is not', async () => {
  const { params } = await talk()
  const id = randomUUID()
  await client.api.call(addNote, { params, body: { id, content: list, mentions: [ann.id] } })
  const read = async () =>
    (await client.api.call(readConversation, { params })).entries.find((one) => one.id === id)
  expect(await read()).toMatchObject({ text: textOfList, body: { content: list } })
  const change = (body: { content: RichText } | { text: string | null }) =>
    client.api.call(changeNote, { params, body: { id, mentions: [ann.id], ...body } })
  expect((await change({ content: list })).replayed).toBe(true)
  expect((await change({ text: textOfList })).replayed).toBe(false)
  expect((await read())?.body).not.toHaveProperty('content')
  await change({ text: null })
  expect(await read()).toMatchObject({ text: '', body: { event: 'note_deleted' } })
})

test('[C1] a draft keeps its formatting, its text is made of it, and it goes with the message that it was', async () => {
  const { params } = await talk()
  const mine = async () => {
    const { items } = await client.api.call(listDrafts)
    return items.filter((draft) => draft.conversationId === params.conversationId)
  }
  const save = (body: { text: string; content?: RichText; from: number }) =>
    client.api.call(saveDraft, { params, body: { kind: 'message', ...body } })
  const { draft } = await save({ text: 'whatever', content: list, from: 0 })
  expect(await mine()).toMatchObject([{ text: textOfList, content: list }])
  expect(await save({ text: '', content: bold('other'), from: 0 })).toMatchObject({ taken: false })
  await save({ text: 'plain', from: draft?.version ?? 0 })
  expect(await mine()).toMatchObject([{ text: 'plain', content: null }])
  await save({ text: '', content: list, from: (await mine())[0]?.version ?? 0 })
  // The build before knows the text alone: it does not keep the formatting of another one.
  await world.db.owner('update drafts set text = $2 where conversation_id = $1', [
    params.conversationId,
    '• one',
  ])
  expect(await mine()).toMatchObject([{ text: '• one', content: null }])
  await client.api.call(sendMessage, { params, body: { id: randomUUID(), content: list } })
  expect(await mine()).toEqual([])
})
