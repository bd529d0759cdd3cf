import { randomUUID } from 'node:crypto'
import {
  assignConversation,
  endConversation,
  readConversation,
  resumeConversation,
  sendMessage,
  setState,
} from '@foyer/contract/conversations.ts'
import { readMyConversation, writeMessage } from '@foyer/contract/messenger.ts'
import { addNote } from '@foyer/contract/notes.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, type World } from '../../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

test('the time of a row is that of the last message, said twice or not, and of no event, note or reading', async () => {
  const ann = await world.build.operator({ name: 'Ann' })
  const contact = await world.build.contact({ organizationId: ann.organizationId })
  const widget = await world.build.widget({ organizationId: ann.organizationId })
  const { id } = await world.build.conversation({ contact, widget })
  const operator = await world.operator(ann)
  const visitor = await world.contact(contact, widget.key)
  const params = { conversationId: id }
  const body = <More extends object>(more: More) => ({ params, body: { id: randomUUID(), ...more } })

  /** The head's time on both sides, and that of the last message in the log. */
  async function times() {
    const { head, entries } = await operator.api.call(readConversation, { params })
    const mine = await visitor.api.call(readMyConversation, { params })
    const last = entries.findLast(({ kind }) => kind === 'message')
    expect([head.messageAt, mine.head.messageAt]).toEqual([last?.at, last?.at])
    return head
  }
  const begun = await times()
  await operator.api.call(assignConversation, body({ operatorId: ann.id, from: null }))
  await operator.api.call(addNote, body({ text: 'Knows us' }))
  await operator.api.call(setState, body({ state: 'pending' }))
  const after = await times()
  expect(after.messageAt).toBe(begun.messageAt)
  expect(after.lastAt > begun.lastAt).toBe(true)
  for (const text of ['Hello', 'Hello']) {
    await operator.api.call(sendMessage, body({ text }))
    const said = await times()
    expect(said.messageAt).toBe(said.lastAt)
  }
  for (const text of ['?', '?']) {
    await visitor.api.call(writeMessage, body({ text }))
    const said = await times()
    expect(said.messageAt).toBe(said.lastAt)
  }
  await operator.api.call(endConversation, body({}))
  await times()
  await operator.api.call(resumeConversation, body({}))
  expect((await times()).messageAt < (await times()).lastAt).toBe(true)
})
