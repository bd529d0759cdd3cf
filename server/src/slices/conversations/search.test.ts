import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../../platform/crypto.ts'
import { type BuiltOperator, createBuild } from '../../testing/build.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import type { OperatorProof } from '../operators/access.ts'
import { listConversations } from './reads.ts'

let db: TestDatabase
let ann: BuiltOperator
const texts = [
  ['Grace Whitfield', 'Do these mugs go into the dishwasher?'],
  ['Élodie Martin', 'Ma commande MP-20421 n’est pas arrivée'],
  ['Zoë O’Neill', 'It says 100% cotton, but it’s 50_50'],
  ['Mugo Wanjiru', 'Where is my parcel?'],
] as const

beforeAll(async () => {
  db = await createTestDatabase()
  const build = createBuild(db.database, hashPassword)
  ann = await build.operator()
  for (const [name, text] of texts) {
    const contact = await build.contact({ organizationId: ann.organizationId, name })
    await build.conversation({ contact, text })
  }
  await build.conversation({
    contact: await build.contact({ name: 'Stranger' }),
    text: 'mugs of another house',
  })
})
afterAll(() => db.close())

async function found(search: string): Promise<(string | null)[]> {
  const proof = { organizationId: ann.organizationId, operatorId: ann.id } as OperatorProof
  const context = { database: db.database, epoch: randomUUID() }
  const { items } = await listConversations(context, proof, { list: 'all', limit: 50, search })
  return items.map((head) => head.contact.name)
}

test('words and their beginnings are found in what was written, names and addresses anywhere, newest first', async () => {
  expect(await found('mug')).toEqual(['Mugo Wanjiru', 'Grace Whitfield'])
  expect(await found('mugs dishwasher')).toEqual(['Grace Whitfield'])
  expect(await found('mugs parcel')).toEqual([])
  expect(await found('MP-20421')).toEqual(['Élodie Martin'])
  expect(await found('élodie')).toEqual(['Élodie Martin'])
  expect(await found('whitf')).toEqual(['Grace Whitfield'])
})

test('T64 characters with a meaning for the database mean themselves', async () => {
  expect(await found('100%')).toEqual(['Zoë O’Neill'])
  for (const words of [
    '%',
    '_',
    "' or 1=1 --",
    '\\',
    "a' | 'b",
    ':* & !',
    '((',
    '<->',
    'x:*',
    '"',
    '\u2019',
  ]) {
    expect(Array.isArray(await found(words)), words).toBe(true)
  }
  expect(await found('%')).toEqual([])
  expect(await found('!mugs')).toEqual(await found('mugs'))
})

test('T24 another organization’s words are not found', async () => {
  expect(await found('another house')).toEqual([])
  expect(await found('Stranger')).toEqual([])
})

test.each([
  ['again and again', 'mugs '.repeat(40), 1],
  ['in other letters', 'Mugs MUGS mugs mUgs', 1],
  ['as its own beginning', 'm mu mug mugs', 1],
  ['with signs between', 'mugs-'.repeat(40), 1],
  ['among many others', Array.from({ length: 100 }, (_, n) => `w${n}x`).join(' '), 12],
  ['beside another', 'mugs dishwasher mugs', 2],
])('a word that stands there %s is looked for once', async (_, search, words) => {
  const [row] = await db.owner<{ nodes: number; query: string }>(
    'select numnode(words_query($1)) as nodes, words_query($1)::text as query',
    [search],
  )
  // Each word, and what joins it to the one before.
  expect(row?.nodes, row?.query).toBe(2 * words - 1)
})

test('what is looked for once finds the same', async () => {
  for (const search of ['dishwasher', 'mugs DISHWASHER mugs', 'do d di dish dishwasher'])
    expect(await found(search)).toEqual(['Grace Whitfield'])
  expect(await found('dishwasher cotton')).toEqual([])
})
