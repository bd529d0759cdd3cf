import { randomUUID } from 'node:crypto'
import { sendMessage } from '@foyer/contract/conversations.ts'
import { type Draft, listBeginnings, listDrafts, saveDraft } from '@foyer/contract/drafts.ts'
import { addNote } from '@foyer/contract/notes.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltOperator } from '../../testing/build.ts'
import { codeOf, eventually, type OperatorClient, startWorld, type World } from '../../testing/world.ts'
import { mostBytes, mostDrafts } from './actions.ts'

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
  return world.build.conversation({ contact, widget, assignee: ann })
}
const at = ({ id }: { id: string }) => ({ params: { conversationId: id } })
const save = (
  client: OperatorClient,
  conversation: { id: string },
  text: string,
  from = 0,
  kind: Draft['kind'] = 'message',
) => client.api.call(saveDraft, { ...at(conversation), body: { kind, text, from } })
const of = async (client: OperatorClient, { id }: { id: string }) =>
  (await client.api.call(listDrafts)).items.filter(({ conversationId }) => conversationId === id)

test('a draft is kept for its writer alone, on every device of theirs, which are told', async () => {
  const conversation = await begun()
  const told: number[] = []
  const phone = await world.operator(ann)
  phone.live.onFrame((frame) => {
    if (frame.type === 'changed' && frame.what === 'drafts') told.push(frame.version)
  })
  const first = await save(annClient, conversation, 'Dear')
  const second = await save(annClient, conversation, 'Dear Claire', first.draft?.version)
  await save(annClient, conversation, 'Angry today', 0, 'note')
  expect(second).toMatchObject({ taken: true, draft: { text: 'Dear Claire' } })
  expect(second.draft?.version).toBeGreaterThan(first.draft?.version ?? 0)
  expect((await of(phone, conversation)).map(({ kind, text }) => [kind, text]).sort()).toEqual([
    ['message', 'Dear Claire'],
    ['note', 'Angry today'],
  ])
  expect(await of(bobClient, conversation)).toEqual([])
  await eventually(
    async () => told,
    (versions) => versions.includes(second.draft?.version ?? 0),
  )
})

test('who has not seen the newest version changes and removes nothing, and is told what it is', async () => {
  const conversation = await begun()
  const { draft } = await save(annClient, conversation, 'From the desk')
  for (const text of ['From the phone', ''])
    expect(await save(annClient, conversation, text)).toEqual({ taken: false, draft })
  // The same again is no conflict: the answer may have got lost.
  const again = await save(annClient, conversation, 'From the desk')
  expect(again.taken).toBe(true)
  expect(await save(annClient, conversation, '', again.draft?.version)).toEqual({ taken: true, draft: null })
  expect(await save(annClient, conversation, '', again.draft?.version)).toEqual({ taken: true, draft: null })
  const anew = await save(annClient, conversation, 'Anew', again.draft?.version)
  expect(anew.draft?.version).toBeGreaterThan(again.draft?.version ?? 0)
})

test('what is sent is no draft any more, also where it was kept while shorter; what was begun after it is', async () => {
  const conversation = await begun()
  const send = (text: string) =>
    annClient.api.call(sendMessage, { ...at(conversation), body: { id: randomUUID(), text } })
  await save(annClient, conversation, ' It is dishwasher \n')
  await save(annClient, conversation, 'Asked before', 0, 'note')
  await send('It is dishwasher safe.')
  expect(await of(annClient, conversation)).toMatchObject([{ kind: 'note' }])
  await annClient.api.call(addNote, { ...at(conversation), body: { id: randomUUID(), text: 'Asked before' } })
  expect(await of(annClient, conversation)).toEqual([])
  await save(annClient, conversation, 'And the lid')
  await send('It is not.')
  expect(await of(annClient, conversation)).toMatchObject([{ text: 'And the lid' }])
})

test('there is an end to how many are kept, and how long together', async () => {
  const cyd = await world.operator(await world.build.operator({ organizationId: ann.organizationId }))
  const widget = await world.build.widget({ organizationId: ann.organizationId })
  const contact = await world.build.contact({ organizationId: ann.organizationId })
  const long = '😀'.repeat(10_000)
  const fitting = Math.floor(mostBytes / Buffer.byteLength(long))
  const conversations = []
  for (let n = 0; n <= fitting; n++) conversations.push(await world.build.conversation({ contact, widget }))
  for (const [n, conversation] of conversations.entries()) {
    if (n < fitting) await save(cyd, conversation, long)
    else expect(await codeOf(save(cyd, conversation, long))).toBe('draft.too_many')
  }
  expect(mostDrafts).toBeLessThanOrEqual(200)
})

test('a draft of a contact who is erased is gone, as are those of an operator who leaves', async () => {
  const conversation = await begun()
  await save(annClient, conversation, 'About you')
  await world.db.database.run({
    text: 'select erase_contact($1, $2)',
    values: [ann.organizationId, conversation.row.contact_id],
  })
  expect(await of(annClient, conversation)).toEqual([])
  const leaver = await world.build.operator({ organizationId: ann.organizationId })
  await save(await world.operator(leaver), await begun(), 'Half a thought')
  const kept = () =>
    world.db.database.read<{ count: number }>(ann.organizationId, {
      text: 'select count(*) from drafts where organization_id = $1 and operator_id = $2',
      values: [ann.organizationId, leaver.id],
    })
  expect(await kept()).toEqual([{ count: 1 }])
  await world.db.database.read(ann.organizationId, {
    text: 'update operators set deactivated_at = clock_now() where organization_id = $1 and id = $2',
    values: [ann.organizationId, leaver.id],
  })
  expect(await kept()).toEqual([{ count: 0 }])
})

test('whatever version was said to be seen, another can follow what is kept', async () => {
  const conversation = await begun()
  const first = await save(annClient, conversation, 'Dear', Number.MAX_SAFE_INTEGER)
  const second = await save(annClient, conversation, 'Dear Claire', first.draft?.version)
  const third = await save(annClient, conversation, 'Dear Claire,', second.draft?.version)
  expect(third).toMatchObject({ taken: true, draft: { text: 'Dear Claire,' } })
})

test('[I18] colleagues read how an answer begins while it is being written; nobody reads a note, or what is old', async () => {
  const conversation = await begun()
  const seen = async (client = bobClient) => (await client.api.call(listBeginnings, at(conversation))).items
  await save(annClient, conversation, 'Not for others', 0, 'note')
  expect(await seen()).toEqual([])
  const { draft } = await save(annClient, conversation, `Dear\n  Claire, ${'👨‍👩‍👧'.repeat(100)}`)
  const [first] = await seen()
  expect(first?.operatorId).toBe(ann.id)
  const graphemes = [...new Intl.Segmenter().segment(first?.text ?? '')].map(({ segment }) => segment)
  expect(graphemes).toHaveLength(81)
  expect(first?.text).toMatch(/^Dear Claire, 👨‍👩‍👧.*👨‍👩‍👧…$/u)
  expect(await seen(annClient), 'one’s own is one’s own').toEqual([])
  await world.db.owner('update drafts set version = version - 61000000 where version = $1', [draft?.version])
  expect(await seen()).toEqual([])
  const stranger = await world.operator(await world.build.operator())
  await expect(seen(stranger)).rejects.toMatchObject({ code: 'conversation.unknown' })
})
