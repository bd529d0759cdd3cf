import { randomUUID } from 'node:crypto'
import * as contract from '@foyer/contract/conversations.ts'
import { readMyConversation } from '@foyer/contract/messenger.ts'
import { addNote, changeNote } from '@foyer/contract/notes.ts'
import { listNotifications } from '@foyer/contract/notifications.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltConversation, BuiltOperator } from '../../testing/build.ts'
import { at } from '../../testing/live-stage.ts'
import {
  type ContactClient,
  expectSynced,
  type OperatorClient,
  startWorld,
  type World,
} from '../../testing/world.ts'

let world: World
let ann: BuiltOperator
let bruno: BuiltOperator
let annClient: OperatorClient
let brunoClient: OperatorClient
beforeAll(async () => {
  world = await startWorld()
  ann = await world.build.operator({ name: 'Ann' })
  bruno = await world.build.operator({ name: 'Bruno', organizationId: ann.organizationId })
  annClient = await world.operator(ann)
  brunoClient = await world.operator(bruno)
})
afterAll(() => world[Symbol.asyncDispose]())

type Asked = { conversation: BuiltConversation; contact: ContactClient }

/** Ann's conversation, answered by her: the contact's turn. */
async function answered(): Promise<Asked> {
  const contact = await world.build.contact({ organizationId: ann.organizationId })
  const conversation = await world.build.conversation({ contact, widget: await widgetOf(), assignee: ann })
  await world.build.happen(conversation, { kind: 'operator_wrote', by: ann.id }, 'One moment, please')
  return { conversation, contact: await world.contact(contact, (await widgetOf()).key) }
}

const give = (client: OperatorClient, { id }: { id: string }, from: string | null, to: string | null) =>
  client.api.call(contract.assignConversation, {
    ...at(id),
    body: { id: randomUUID(), operatorId: to, from },
  })
const headOf = async (client: OperatorClient, { id }: { id: string }) =>
  (await client.api.call(contract.readConversation, at(id))).head
const seenBy = async ({ contact, conversation }: Asked) => {
  const { head, entries } = await contact.api.call(readMyConversation, at(conversation.id))
  return { operator: head.operator?.name ?? null, events: entries.flatMap(({ body }) => body?.event ?? []) }
}

test('[A2 O1] who is given a conversation finds it open, unread, from whom and with their note, until they look', async () => {
  const asked = await answered()
  const { conversation, contact } = asked
  const note = { id: randomUUID(), text: 'Wants the blue one' }
  await annClient.api.call(addNote, { ...at(conversation.id), body: note })
  expect(await headOf(annClient, conversation)).toMatchObject({ state: 'pending', handed: null })
  await expectSynced({ conversation, operator: brunoClient, contact }, () =>
    give(annClient, conversation, ann.id, bruno.id),
  )
  const handed = await headOf(brunoClient, conversation)
  expect(handed).toMatchObject({
    state: 'open',
    assigneeId: bruno.id,
    unread: 1,
    handed: { by: ann.id, note: 'Wants the blue one' },
  })
  expect(handed.waitingSince).not.toBeNull()
  expect(await seenBy(asked)).toEqual({ operator: null, events: ['assigned', 'unassigned'] })
  await annClient.api.call(changeNote, { ...at(conversation.id), body: { ...note, text: 'The green one' } })
  expect((await headOf(brunoClient, conversation)).handed?.note).toBe('The green one')
  await expectSynced({ conversation, operator: brunoClient, contact }, () =>
    brunoClient.api.call(contract.markRead, { ...at(conversation.id), body: { read: 1_000 } }),
  )
  expect(await headOf(brunoClient, conversation)).toMatchObject({ state: 'open', unread: 0, handed: null })
  expect(await seenBy(asked)).toEqual({ operator: 'Bruno', events: ['assigned', 'unassigned', 'assigned'] })
  // Looking again says nothing again.
  await brunoClient.api.call(contract.markRead, { ...at(conversation.id), body: { read: 1_000 } })
  expect((await seenBy(asked)).events).toHaveLength(3)
})

test('[A2] the contact reads who joined before their first word, and never of who passed it on unseen', async () => {
  const asked = await answered()
  const { conversation, contact } = asked
  await give(annClient, conversation, ann.id, bruno.id)
  await give(annClient, conversation, bruno.id, ann.id)
  await give(annClient, conversation, ann.id, bruno.id)
  await expectSynced({ conversation, operator: brunoClient, contact }, () =>
    brunoClient.api.call(contract.sendMessage, {
      ...at(conversation.id),
      body: { id: randomUUID(), text: 'Here I am' },
    }),
  )
  const { entries } = await contact.api.call(readMyConversation, at(conversation.id))
  expect(JSON.stringify(entries)).not.toContain('fromId')
  expect(entries.slice(-2)).toMatchObject([
    { body: { event: 'assigned', operatorName: 'Bruno' } },
    { text: 'Here I am', author: { name: 'Bruno' } },
  ])
})

test('[A2] what is taken is one’s own at once; a hand-over that ends or goes on leaves nothing behind', async () => {
  const asked = await answered()
  const { conversation } = asked
  await give(annClient, conversation, ann.id, null)
  await give(brunoClient, conversation, null, bruno.id)
  expect(await headOf(brunoClient, conversation)).toMatchObject({ state: 'pending', handed: null, unread: 0 })
  expect((await seenBy(asked)).operator).toBe('Bruno')
  await give(brunoClient, conversation, bruno.id, ann.id)
  await give(annClient, conversation, ann.id, null)
  expect(await headOf(annClient, conversation)).toMatchObject({ assigneeId: null, handed: null })
})

test('[O1 A2 I15] whose conversation is taken over, or taken up again after its end, is told', async () => {
  const { conversation } = await answered()
  const told = async () =>
    (await annClient.api.call(listNotifications, { query: {} })).items.filter(
      ({ conversationId }) => conversationId === conversation.id,
    )
  await give(brunoClient, conversation, ann.id, bruno.id)
  expect(await told()).toMatchObject([{ kind: 'taken', operatorId: bruno.id }])
  await give(annClient, conversation, bruno.id, ann.id)
  const body = () => ({ id: randomUUID() })
  await annClient.api.call(contract.endConversation, { ...at(conversation.id), body: body() })
  await brunoClient.api.call(contract.resumeConversation, { ...at(conversation.id), body: body() })
  expect((await told()).map(({ kind }) => kind)).toEqual(['taken', 'taken'])
  expect(await headOf(brunoClient, conversation)).toMatchObject({ assigneeId: bruno.id, handed: null })
})

test('[A2] of those that wait for an answer whoever has waited longest is first, answered before or not, page after page', async () => {
  const operator = await world.build.operator({ organizationId: ann.organizationId })
  const client = await world.operator(operator)
  const ids: string[] = []
  for (let index = 0; index < 40; index++) {
    const built = await world.build.conversation({ widget: await widgetOf(), assignee: operator })
    // Every other one was answered before, and waits again.
    if (index % 2 === 1) {
      await world.build.happen(built, { kind: 'operator_wrote', by: operator.id }, 'Yes')
      await world.build.happen(built, { kind: 'contact_wrote' }, 'And then?')
    }
    ids.push(built.id)
  }
  const rows: contract.Head[] = []
  let cursor: string | undefined
  do {
    const query = { list: 'mine', limit: 7, ...(cursor ? { cursor } : {}) } as const
    const page = await client.api.call(contract.listConversations, { query })
    rows.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  expect(rows.map(({ id }) => id)).toEqual(ids)
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['new', 'open']))
})

let widget: Awaited<ReturnType<World['build']['widget']>> | undefined
async function widgetOf() {
  widget ??= await world.build.widget({ organizationId: ann.organizationId })
  return widget
}
