import { randomUUID } from 'node:crypto'
import { sendMessage } from '@foyer/contract/conversations.ts'
import * as contract from '@foyer/contract/macros.ts'
import type { BodyOf } from '@foyer/contract/route.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltOperator } from '../../testing/build.ts'
import { codeOf, eventually, type OperatorClient, startWorld, type World } from '../../testing/world.ts'

let world: World
let keeper: BuiltOperator
let keeperClient: OperatorClient
let ann: BuiltOperator
let annClient: OperatorClient
let bobClient: OperatorClient
let groupId: string
let organizationId: string

beforeAll(async () => {
  world = await startWorld()
  keeper = await world.build.operator({ role: 'manager' })
  organizationId = keeper.organizationId
  ann = await world.build.operator({ name: 'Ann', organizationId })
  const bob = await world.build.operator({ name: 'Bob', organizationId })
  groupId = await world.build.group({ organizationId, name: 'Returns', members: [ann] })
  keeperClient = await world.operator(keeper)
  annClient = await world.operator(ann)
  bobClient = await world.operator(bob)
})
afterAll(() => world[Symbol.asyncDispose]())

type Given = BodyOf<typeof contract.saveMacro>
const given = (over: Partial<Given> = {}): Given => ({
  id: randomUUID(),
  name: 'Greeting',
  shortcut: null,
  key: null,
  folder: null,
  audience: 'me',
  groupId: null,
  versions: { en: { text: 'Hello' } },
  from: 0,
  ...over,
})
const save = (client: OperatorClient, over: Partial<Given> = {}) =>
  client.api.call(contract.saveMacro, { body: given(over) })
const usable = async (client: OperatorClient) =>
  (await client.api.call(contract.listUsableMacros)).items.map(({ name }) => name)
const listed = async (client: OperatorClient, query: object = {}) =>
  (await client.api.call(contract.listMacros, { query })).items.map(({ name }) => name)

test('[C5] mine are mine, a group’s its members’, everybody’s everybody’s; whoever keeps them sees those of all groups', async () => {
  await save(annClient, { name: 'Only mine' })
  await save(keeperClient, { name: 'Our returns', audience: 'group', groupId })
  await save(keeperClient, { name: 'For everybody', audience: 'everyone' })
  expect(await usable(annClient)).toEqual(['Only mine', 'Our returns', 'For everybody'])
  expect(await usable(bobClient)).toEqual(['For everybody'])
  expect(await usable(keeperClient)).toEqual(['For everybody'])
  expect(await listed(keeperClient)).toEqual(['For everybody', 'Our returns'])
  expect(await listed(bobClient)).toEqual(['For everybody'])
  const stranger = await world.operator(await world.build.operator({ role: 'manager' }))
  expect(await listed(stranger)).toEqual([])
})

test('[C5] without the right one changes one’s own alone, and nobody learns of others’', async () => {
  const own = await save(annClient, { name: 'Private' })
  const common = await save(keeperClient, { name: 'Common', audience: 'everyone' })
  const change = (client: OperatorClient, { id, version }: contract.Macro, over: Partial<Given> = {}) =>
    codeOf(save(client, { id, from: version, ...over }))
  const remove = (client: OperatorClient, { id }: contract.Macro) =>
    codeOf(client.api.call(contract.removeMacro, { params: { macroId: id } }))
  expect(await codeOf(save(annClient, { audience: 'everyone' }))).toBe('role.missing')
  expect(await codeOf(save(annClient, { audience: 'group', groupId }))).toBe('role.missing')
  expect(await change(annClient, common)).toBe('role.missing')
  expect(await remove(annClient, common)).toBe('role.missing')
  expect(await change(annClient, own, { audience: 'everyone' })).toBe('role.missing')
  for (const client of [keeperClient, bobClient]) {
    expect(await change(client, own)).toBe('macro.unknown')
    expect(await remove(client, own)).toBe('macro.unknown')
  }
  expect(await change(keeperClient, common, { audience: 'group', groupId: randomUUID() })).toBe(
    'group.unknown',
  )
  const changed = await save(annClient, { id: own.id, from: own.version, name: 'Mine, better' })
  expect(changed).toMatchObject({ name: 'Mine, better', version: own.version + 1 })
  expect(await change(annClient, own)).toBe('macro.changed')
  await annClient.api.call(contract.removeMacro, { params: { macroId: own.id } })
  expect(await change(annClient, changed)).toBe('macro.unknown')
})

test('[C5] a text is kept by language, with its formatting', async () => {
  const content = [
    { type: 'paragraph' as const, runs: [{ text: 'Bonjour', bold: true as const }, { text: ' !' }] },
  ]
  const saved = await save(annClient, {
    name: 'Versions',
    versions: {
      en: { text: ' Hello \r\nthere ' },
      fr: { content },
      de: { content: [{ type: 'paragraph', runs: [{ text: 'Hallo' }] }] },
    },
  })
  expect(saved.versions).toEqual({
    en: { text: ' Hello \nthere' },
    fr: { text: 'Bonjour !', content },
    de: { text: 'Hallo' },
  })
  const refused = (versions: Given['versions']) => codeOf(save(annClient, { versions }))
  expect(await refused({})).toBe('request.invalid')
  expect(await refused({ en: { text: '   ' } })).toBe('request.invalid')
  expect(await refused({ en: { text: 'x'.repeat(contract.longestMacro + 1) } })).toBe('request.invalid')
})

test('[C3] among those who may use it a shortcut and a key mean one macro', async () => {
  const first = await save(keeperClient, {
    name: 'Shipping',
    shortcut: 'Ship',
    key: 's',
    audience: 'everyone',
  })
  expect(await codeOf(save(keeperClient, { shortcut: 'sHIP', audience: 'everyone' }))).toBe(
    'macro.shortcut_taken',
  )
  expect(await codeOf(save(keeperClient, { key: 's', audience: 'everyone' }))).toBe('macro.key_taken')
  await expect(save(keeperClient, { shortcut: 'ship', audience: 'everyone' })).rejects.toMatchObject({
    details: { macroId: first.id },
  })
  // Mine may say something else than everybody's, and comes first.
  await save(annClient, { name: 'My shipping', shortcut: 'ship', key: 's' })
  await save(bobClient, { name: 'His shipping', shortcut: 'ship' })
  expect((await usable(annClient)).filter((name) => /ship/i.test(name))).toEqual(['My shipping', 'Shipping'])
  for (const shortcut of ['two words', 'a!', '', 'x'.repeat(41)])
    expect(await codeOf(save(annClient, { shortcut }))).toBe('request.invalid')
})

test('[C5] they are found by words of name, shortcut, folder and text, and listed page by page', async () => {
  const dana = await world.build.operator({ organizationId: (await world.build.organization()).id })
  const client = await world.operator(dana)
  for (let n = 0; n < 25; n++) await save(client, { name: `Macro ${n % 5}`, folder: n < 3 ? 'First' : null })
  await save(client, { name: 'Été', shortcut: 'sommer', versions: { de: { text: 'Größe wählen: 100%_\\' } } })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await client.api.call(contract.listMacros, { query: { limit: 7, cursor } })
    expect(page.total).toBe(26)
    expect(page.folders).toEqual(['First'])
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.next ?? undefined
  } while (cursor)
  expect(new Set(seen).size).toBe(26)
  for (const search of ['ete', 'ÉTÉ somm', 'grosse'.replace('ss', 'ß'), 'wahlen', '100%_\\'])
    expect(await listed(client, { search }), search).toEqual(['Été'])
  expect(await listed(client, { search: '%' })).toEqual(['Été'])
  expect(await listed(client, { search: 'first' })).toHaveLength(3)
  expect(await listed(client, { folder: 'First' })).toHaveLength(3)
  expect(await codeOf(client.api.call(contract.listMacros, { query: { cursor: 'x' } }))).toBe(
    'request.invalid',
  )
})

test('[C3] a use is counted once a message, for those who may use it', async () => {
  const macro = await save(annClient, { name: 'Counted' })
  const foreign = await save(bobClient, { name: 'Not hers' })
  const conversation = await world.build.conversation({
    widget: await world.build.widget({ organizationId }),
    assignee: ann,
  })
  const body = { id: randomUUID(), text: 'Hello', macroIds: [macro.id, foreign.id] }
  for (let n = 0; n < 3; n++)
    await annClient.api.call(sendMessage, { params: { conversationId: conversation.id }, body })
  await annClient.api.call(sendMessage, {
    params: { conversationId: conversation.id },
    body: { id: randomUUID(), text: 'Without one' },
  })
  const used = async (client: OperatorClient, { id }: contract.Macro) =>
    (await client.api.call(contract.listUsableMacros)).items.find((each) => each.id === id)
  await eventually(
    () => used(annClient, macro),
    (row) => row?.used === 1 && row.lastUsedAt !== null,
  )
  expect(await used(bobClient, foreign)).toMatchObject({ used: 0, lastUsedAt: null })
})

test('[C5] whoever may use them is told that they changed, and nobody else of what is one’s own', async () => {
  const told = { ann: 0, bob: 0 }
  const count = (client: OperatorClient, who: 'ann' | 'bob') =>
    client.live.onFrame((frame) => {
      if (frame.type === 'changed' && frame.what === 'macros') told[who]++
    })
  const [ofAnn, ofBob] = [await world.operator(ann), bobClient]
  count(ofAnn, 'ann')
  count(ofBob, 'bob')
  await eventually(
    async () => {
      await save(annClient, { name: 'Told' })
      return told.ann
    },
    (count) => count > 0,
  )
  expect(told.bob).toBe(0)
  await save(keeperClient, { name: 'Told to all', audience: 'everyone' })
  await eventually(
    () => told.bob,
    (count) => count === 1,
  )
})

test('[C5] what is an operator’s own goes when they are erased, a group’s with its group', async () => {
  const leaver = await world.build.operator({ organizationId })
  await save(await world.operator(leaver), { name: 'Of one who leaves' })
  await world.db.owner('delete from operators where id = $1', [leaver.id])
  expect(await world.db.owner(`select from macros where name = 'Of one who leaves'`)).toHaveLength(0)
})
