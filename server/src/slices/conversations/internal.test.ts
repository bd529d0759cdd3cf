import { randomUUID } from 'node:crypto'
import {
  assignConversation,
  assignGroup,
  endConversation,
  resumeConversation,
  sendMessage,
  setState,
} from '@foyer/contract/conversations.ts'
import { listMyConversations, listMyEntries, readMyConversation } from '@foyer/contract/messenger.ts'
import { addNote } from '@foyer/contract/notes.ts'
import { expect, test } from 'vitest'
import { eventually, startWorldForTest } from '../../testing/world.ts'
import { type EntryRow, toPublicEntry } from './shapes.ts'

test('[I6] contacts are sent nothing internal: no group, no real name, nobody who gave it on, no reason, no note', async () => {
  const world = await startWorldForTest()
  const ann = await world.build.operator({ name: 'Real-canary Ann', alias: 'Ann' })
  const { organizationId } = ann
  const bruno = await world.build.operator({ organizationId, name: 'Giver-canary Bruno', alias: 'Bruno' })
  const groupId = await world.build.group({ organizationId, name: 'Group-canary' })
  const widget = await world.build.widget({ organizationId })
  const contact = await world.build.contact({ organizationId })
  const built = await world.build.conversation({ contact, widget })
  const conversationId = built.id
  const params = { conversationId }
  const [asAnn, asBruno, asContact] = [
    await world.operator(ann),
    await world.operator(bruno),
    world.contact(contact, widget.key),
  ]
  const told: string[] = []
  asContact.live.onFrame((frame) => void told.push(JSON.stringify(frame)))
  asContact.live.watch(conversationId)
  await eventually(() => asContact.live.conversation(conversationId), Boolean)

  const id = () => randomUUID()
  const give = (operatorId: string | null, from: string | null) =>
    asBruno.api.call(assignConversation, { params, body: { id: id(), operatorId, from } })
  const group = (to: string | null) =>
    asBruno.api.call(assignGroup, { params, body: { id: id(), groupId: to } })
  await group(groupId)
  await group(null)
  await give(bruno.id, null)
  await give(ann.id, bruno.id)
  await asAnn.api.call(addNote, { params, body: { id: id(), text: 'Note-canary' } })
  await asAnn.api.call(setState, { params, body: { id: id(), state: 'open' } })
  await asAnn.api.call(sendMessage, { params, body: { id: id(), text: 'Hello from Ann' } })
  await asAnn.api.call(endConversation, { params, body: { id: id() } })
  await asAnn.api.call(resumeConversation, { params, body: { id: id() } })
  await group(groupId)
  await give(ann.id, null)
  await asAnn.api.call(endConversation, { params, body: { id: id() } })

  const packet = await asContact.api.call(readMyConversation, { params })
  const page = await asContact.api.call(listMyEntries, { params, query: { before: 9_999, limit: 100 } })
  const list = await asContact.api.call(listMyConversations, {})
  await eventually(
    () => asContact.live.conversation(conversationId)?.n,
    (n) => n === packet.n,
  )
  const everything = `${told.join()}${JSON.stringify([packet, page, list])}`
  expect(everything).toContain('Hello from Ann')
  for (const canary of [
    'canary',
    groupId,
    bruno.email,
    'routed',
    '"left"',
    'silence',
    'by_hand',
    'groupName',
    'groupId',
  ])
    expect(everything, canary).not.toContain(canary)
  // Of those who came, contacts know the name they go by; of who gave it to them, nothing.
  for (const { kind, author } of page.entries)
    if (kind === 'event') expect(author).toMatchObject({ id: null, name: null })
  expect(page.entries.flatMap(({ body }) => (body ? Object.keys(body) : []))).toEqual(
    expect.not.arrayContaining(['groupId', 'mentions']),
  )
})

test('[I6] of an event’s body nothing passes to contacts that is not known to be theirs', () => {
  const known = [
    'assigned',
    'unassigned',
    'group_assigned',
    'group_unassigned',
    'ended',
    'resumed',
    'live_began',
    'live_ended',
  ]
  for (const event of [...known, 'opened', 'made_up'])
    for (const reason of ['routed', 'left', 'silence', 'contact_gone', 'by_hand', 'Canary']) {
      const row = {
        kind: 'event',
        actor_kind: 'operator',
        actor_id: 'Canary',
        author_name: 'Canary',
        author_picture: 'Canary',
        text: '',
        at: '2026-01-01T00:00:00Z',
        deleted_for_contact_at: null,
        body: {
          v: 1,
          event,
          reason,
          operatorId: null,
          operatorName: 'Ann',
          groupId: 'Canary',
          groupName: 'Canary',
          by: 'Canary',
        },
      } as unknown as EntryRow
      const told = JSON.stringify(toPublicEntry(row))
      for (const secret of ['Canary', reason, 'group'])
        expect(told, `${event} ${reason}`).not.toContain(secret)
    }
})
