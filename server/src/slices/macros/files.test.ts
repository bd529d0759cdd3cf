import { randomUUID } from 'node:crypto'
import * as contract from '@foyer/contract/macros.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltOperator } from '../../testing/build.ts'
import { codeOf, type OperatorClient, startWorld, type World } from '../../testing/world.ts'

let world: World
let keeper: BuiltOperator
let client: OperatorClient

beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

async function begin(role = 'manager') {
  keeper = await world.build.operator({ role })
  client = await world.operator(keeper)
}
const blob = (text: string | Uint8Array<ArrayBuffer>) => new Blob([text], { type: 'text/csv' })
const take = (text: string | Uint8Array<ArrayBuffer>, format: contract.MacroFormat, dry = false) =>
  client.api.request<contract.MacroImport>('POST', '/api/v1/macros/file', {
    query: { format, dry },
    body: blob(text),
  })
const out = async (format: contract.MacroFormat) =>
  (await client.api.call(contract.exportMacros, { query: { format } })).text

/** So many macros with all that makes files hard. */
function many(count: number, group: string): string {
  const texts = ['=1+1', "'quoted", 'two\nlines', 'a, "b"; c\td', '@home', 'Ärger 😀', '  indented', '-5 %']
  const macros = Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    name: `${n % 7 === 0 ? '=' : ''}Macro ${n}`,
    shortcut: n % 3 === 0 ? `m${n}` : null,
    key: n < 10 ? String(n) : null,
    folder: n % 2 === 0 ? `Folder ${n % 5}` : null,
    audience: n % 10 === 1 ? 'me' : n % 10 === 2 ? 'group' : 'everyone',
    group: n % 10 === 2 ? group : null,
    versions: {
      en: { text: texts[n % texts.length] },
      ...(n % 4 === 0
        ? {
            de: {
              content: [
                {
                  type: 'paragraph',
                  runs: [
                    { text: `Nummer ${n} `, bold: true },
                    { text: 'hier', link: 'https://shop.example/' },
                  ],
                },
                { type: 'bullets', items: [[{ type: 'paragraph', runs: [{ text: '=eins' }] }]] },
              ],
            },
          }
        : {}),
      ...(n % 5 === 0 ? { fr: { text: `Bonjour {{contact.first_name|vous}} ${n}` } } : {}),
    },
  }))
  return JSON.stringify({ macros })
}

test('[C5] 5,000 macros are imported, and what is exported says exactly the same, as a table and as JSON', async () => {
  await begin()
  await world.build.group({ organizationId: keeper.organizationId, name: 'Returns' })
  const file = many(5_000, 'Returns')
  const dry = await take(file, 'json', true)
  expect(dry).toEqual({ created: 5_000, changed: 0, same: 0, wrong: 0, problems: [] })
  expect((await client.api.call(contract.listMacros)).total).toBe(0)
  const started = performance.now()
  expect(await take(file, 'json')).toEqual(dry)
  const took = performance.now() - started
  const [csv, json] = [await out('csv'), await out('json')]
  const same = { created: 0, changed: 0, same: 5_000, wrong: 0, problems: [] }
  expect(await take(csv, 'csv', true)).toEqual(same)
  expect(await take(json, 'json', true)).toEqual(same)
  // Into an organization that has none, and out again.
  const ids = /"id": "[^"]*"|^"?[0-9a-f-]{36}/gm
  for (const [format, text] of [
    ['csv', csv],
    ['json', json],
  ] as const) {
    await begin()
    await world.build.group({ organizationId: keeper.organizationId, name: 'Returns' })
    expect(await take(text, format)).toMatchObject({ created: 5_000, wrong: 0 })
    expect(await out('csv')).toBe(csv)
    expect(await out('json')).toBe(json)
  }
  expect(csv.match(ids)).toHaveLength(5_000)
  for (const line of csv.split('\r\n')) expect(line).not.toMatch(/,"?[=+@-][^,]/)
  console.info(`5,000 macros imported in ${Math.round(took)} ms; ${csv.length} signs as a table`)
}, 120_000)

test('[C5] what is wrong is told row by row, and what is right comes in', async () => {
  await begin()
  await client.api.call(contract.saveMacro, {
    body: {
      id: randomUUID(),
      name: 'There already',
      shortcut: 'hello',
      key: null,
      folder: null,
      audience: 'everyone',
      groupId: null,
      versions: { en: { text: 'Hello' } },
      from: 0,
    },
  })
  const id = randomUUID()
  const table = [
    'id;name;shortcut;key;folder;audience;group;text_en;formatted_en',
    ';Good;good;;;;;"A text; with a sign";',
    ';;x;;;;;No name;',
    ';Taken;HELLO;;;;;Text;',
    ';Twice;good;;;;;Text;',
    ';No group;;;;;Nobody;Text;',
    ';No text;;;;;;;',
    'no-id;Bad id;;;;;;Text;',
    `${id};First;;;;me;;Text;`,
    `${id};Second;;;;me;;Text;`,
    ';Audience;;;;all;;Text;',
    ';Formatted;;;;;;;[{]',
    ';Changed text;;;;;;New;"[{""type"":""paragraph"",""runs"":[{""text"":""Old"",""bold"":true}]}]"',
  ].join('\n')
  const answer = await take(table, 'csv', true)
  expect(answer).toEqual({
    created: 3,
    changed: 0,
    same: 0,
    wrong: 9,
    problems: [
      { row: 3, problem: 'shape', field: 'name' },
      { row: 4, problem: 'shortcut_taken', field: 'shortcut' },
      { row: 5, problem: 'shortcut_taken', field: 'shortcut' },
      { row: 6, problem: 'group_unknown', field: 'group' },
      { row: 7, problem: 'shape', field: 'versions' },
      { row: 8, problem: 'shape', field: 'id' },
      { row: 10, problem: 'twice', field: 'id' },
      { row: 11, problem: 'shape', field: 'audience' },
      { row: 12, problem: 'shape', field: 'versions' },
    ],
  })
  expect(await take(table, 'csv')).toEqual(answer)
  const { items } = await client.api.call(contract.listMacros)
  expect(items.map(({ name }) => name)).toEqual(['Changed text', 'First', 'Good', 'There already'])
  // What was changed beside its formatting is what counts.
  expect(items[0]?.versions).toEqual({ en: { text: 'New' } })
})

test('[C5] without the right one imports one’s own alone, and takes nobody’s', async () => {
  await begin()
  const organizationId = keeper.organizationId
  const mine = randomUUID()
  await take(
    JSON.stringify([{ id: mine, name: 'Of the keeper', audience: 'me', versions: { en: { text: 'x' } } }]),
    'json',
  )
  client = await world.operator(await world.build.operator({ organizationId }))
  const rows = [
    { id: mine, name: 'Stolen', audience: 'me' },
    { name: 'For all' },
    { name: 'My own', audience: 'me' },
  ].map((row) => ({ ...row, versions: { en: { text: 'x' } } }))
  expect(await take(JSON.stringify(rows), 'json')).toMatchObject({
    created: 1,
    problems: [
      { row: 1, problem: 'not_allowed' },
      { row: 2, problem: 'not_allowed' },
    ],
  })
})

test.each([
  ['no UTF-8', new Uint8Array([0x6e, 0xff, 0xfe, 0x80])],
  ['a quotation that never ends', 'name,text_en\n"x'],
  ['other columns', 'title,body\nx,y'],
  ['nothing', ''],
])('[C5] a table with %s is refused as a whole', async (_, file) => {
  await begin()
  expect(await codeOf(take(file, 'csv'))).toBe('macro.file_unreadable')
})

test.each([['{', '5', '{"macros":{}}', '[[[['], [`${'['.repeat(100_000)}${']'.repeat(100_000)}`]])(
  '[C5] JSON that is no list of macros is refused, or each of its rows',
  async (...files) => {
    await begin()
    for (const file of files) {
      const outcome = await take(file, 'json').then(
        ({ created }) => created,
        (failure: { code: string }) => failure.code,
      )
      expect([0, 'macro.file_unreadable']).toContain(outcome)
    }
  },
)

test('[C5] a table as Excel writes it, in two bytes a sign', async () => {
  await begin()
  const text = Buffer.from('\ufeffname\ttext_en\r\nÄrger\tHello\r\n', 'utf16le')
  expect(await take(new Uint8Array(text), 'csv')).toMatchObject({ created: 1, wrong: 0 })
})
