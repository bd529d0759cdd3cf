import { randomUUID } from 'node:crypto'
import { listEntries, readConversation, sendMessage } from '@foyer/contract/conversations.ts'
import { listMyEntries, readMyConversation, writeMessage } from '@foyer/contract/messenger.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltConversation, BuiltOperator, BuiltWidget } from '../../testing/build.ts'
import {
  type ContactClient,
  eventually,
  type OperatorClient,
  startWorld,
  type World,
} from '../../testing/world.ts'

const most = 256 * 1024
/** Beside the one that began the conversation. */
const messages = 16

let world: World
let ann: BuiltOperator
let widget: BuiltWidget
let conversation: BuiltConversation
let operator: OperatorClient
let contact: ContactClient

beforeAll(async () => {
  world = await startWorld()
  ann = await world.build.operator()
  widget = await world.build.widget({ organizationId: ann.organizationId })
  const built = await world.build.contact({ organizationId: ann.organizationId })
  conversation = await world.build.conversation({ contact: built, widget, assignee: ann })
  operator = await world.operator(ann)
  contact = world.contact(built, widget.key)
  const params = { conversationId: conversation.id }
  for (let n = 0; n < messages; n++) {
    const text = `${n} ${'漢'.repeat(19_990)}`
    if (n % 2 === 0) await contact.api.call(writeMessage, { params, body: { id: randomUUID(), text } })
    else await operator.api.call(sendMessage, { params, body: { id: randomUUID(), text } })
  }
})
afterAll(() => world[Symbol.asyncDispose]())

type Numbered = { seq: number; text: string }
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

/** The whole log, newest page first and then page by page; no page larger than promised, and none empty. */
async function readAll(
  newest: { entries: Numbered[]; older: boolean },
  before: (seq: number) => Promise<{ entries: Numbered[]; older: boolean }>,
): Promise<Numbered[]> {
  expect(bytes(newest)).toBeLessThan(most)
  const all = [...newest.entries]
  let { older } = newest
  while (older) {
    const page = await before(all[0]?.seq ?? 0)
    expect(bytes(page)).toBeLessThan(most)
    expect(page.entries.length).toBeGreaterThan(0)
    all.unshift(...page.entries)
    older = page.older
  }
  return all
}

/** What both sides can read in pages must be all of it, in order. */
async function expectWhole(): Promise<void> {
  const params = { conversationId: conversation.id }
  const ofOperator = await readAll(await operator.api.call(readConversation, { params }), (before) =>
    operator.api.call(listEntries, { params, query: { before, limit: 200 } }),
  )
  const ofContact = await readAll(await contact.api.call(readMyConversation, { params }), (before) =>
    contact.api.call(listMyEntries, { params, query: { before, limit: 100 } }),
  )
  for (const all of [ofOperator, ofContact]) {
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1))
    expect(all.filter(({ text }) => text !== '')).toHaveLength(messages + 1)
  }
}

test('pages of a log are limited in bytes, for operators and contacts, and go on where one ends', async () => {
  await expectWhole()
})

test('what stands in the log in signs that JSON writes long is limited by what is written', async () => {
  await world.db.owner(
    `update entries set text = repeat(chr(1), 20000) where conversation_id = $1 and kind = 'message'`,
    [conversation.id],
  )
  await expectWhole()
})

test('changes that are more than a page are answered by a snapshot, few ones as they are', async () => {
  const params = { conversationId: conversation.id }
  const { epoch, n } = await operator.api.call(readConversation, { params })
  const behind = await operator.api.call(readConversation, { params, query: { epoch, after: 1 } })
  expect(behind).toMatchObject({ snapshot: true, older: true })
  expect(bytes(behind)).toBeLessThan(most)
  const near = await operator.api.call(readConversation, { params, query: { epoch, after: n - 1 } })
  expect(near).toMatchObject({ snapshot: false, prev: n - 1, n })
  expect(near.entries).toHaveLength(1)
})

test('an operator who opens the longest conversation stays on the live line', async () => {
  const end = operator.live.watch(conversation.id)
  const held = await eventually(() => operator.live.conversation(conversation.id), Boolean)
  expect(held?.older).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(operator.live.status()).toBe('live')
  expect(world.lines.join('\n')).not.toContain('A slow socket is closed')
  end()
})
