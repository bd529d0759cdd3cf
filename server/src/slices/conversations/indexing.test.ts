import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../../platform/crypto.ts'
import { type BuiltConversation, type BuiltOperator, createBuild } from '../../testing/build.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import type { OperatorProof } from '../operators/access.ts'
import { listConversations } from './reads.ts'

let db: TestDatabase
let ann: BuiltOperator
let build: ReturnType<typeof createBuild>

beforeAll(async () => {
  db = await createTestDatabase()
  build = createBuild(db.database, hashPassword)
  ann = await build.operator()
})
afterAll(() => db.close())

const words = ['apple', 'pear', 'plum', 'cherry', 'quince']

async function page(search: string, query: { limit?: number; cursor?: string; state?: 'new' } = {}) {
  const proof = { organizationId: ann.organizationId, operatorId: ann.id } as OperatorProof
  return listConversations({ database: db.database, epoch: randomUUID() }, proof, {
    list: 'all',
    limit: 50,
    search,
    ...query,
  })
}

/** All pages of a search, one after the other. */
async function everyPage(search: string, limit: number) {
  const found: { id: string; seq: number | undefined }[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { items, next, searched } = await page(search, { limit, ...(cursor ? { cursor } : {}) })
    for (const { id } of items)
      found.push({ id, seq: searched?.matches.find((match) => match.conversationId === id)?.seq })
    cursor = next
  }
  return found
}

/** The same by looking at every entry. */
async function byHand(search: string) {
  return db.owner<{ id: string; seq: number }>(
    `select c.id, (select max(e.seq)::int from entries e where e.conversation_id = c.id
        and (select bool_and(e.text ~ ('\\m' || w)) from unnest($2::text[]) w)) as seq
      from conversations c where c.organization_id = $1 and exists (select from entries e where e.conversation_id = c.id
        and (select bool_and(e.text ~ ('\\m' || w)) from unnest($2::text[]) w))
      order by c.last_at desc, c.id desc`,
    [ann.organizationId, search.split(' ')],
  )
}

let said = 0
/** Something more in a conversation, later than all else. */
async function say(conversationId: string, text: string): Promise<void> {
  said += 1
  await db.owner(
    `with moved as (update conversations set seq = seq + 1, last_at = clock_now() + $3 * interval '1 second'
        where id = $1 returning *)
      insert into entries (organization_id, conversation_id, seq, changed_seq, id, at, kind, actor_kind, text, request_hash)
      select organization_id, id, seq, seq, gen_random_uuid(), last_at, 'message', 'contact', $2, '\\x00' from moved`,
    [conversationId, text, said],
  )
}

async function nextPart(): Promise<void> {
  await db.owner(
    `with closed as (update search_parts set until_at = clock_now() + $2 * interval '1 second'
        where organization_id = $1 and until_at is null returning place)
      insert into search_parts (organization_id, place, from_at)
      select $1, coalesce(max(place), -1) + 1, clock_now() + $2 * interval '1 second' from closed`,
    [ann.organizationId, said + 1],
  )
}

const conversations: BuiltConversation[] = []

test('[N3] what is found is the same as by looking at everything, in its order, page by page, whichever part it stands in', async () => {
  let random = 7
  const upTo = (most: number) => {
    random = (random * 48_271) % 2_147_483_647
    return random % most
  }
  for (let count = 0; count < 30; count++) {
    const contact = await build.contact({ organizationId: ann.organizationId, name: 'Somebody' })
    conversations.push(await build.conversation({ contact, text: 'hello' }))
  }
  for (let count = 0; count < 240; count++) {
    if (count % 30 === 29) await nextPart()
    const some = words.filter(() => upTo(4) === 0)
    await say(conversations[upTo(conversations.length)]?.id ?? '', ['so', ...some].join(' '))
  }
  const [parts] = await db.owner<{ count: number }>(
    'select count(distinct part)::int as count from search_rows',
  )
  expect(parts?.count).toBeGreaterThan(6)
  for (const search of [
    'apple',
    'pear plum',
    'cherry quince apple',
    'plum pear quince cherry',
    'hello',
    'so',
  ])
    for (const limit of [3, 7, 50])
      expect(await everyPage(search, limit), search).toEqual(await byHand(search))
})

test('[N3] a search within a state leaves the others out', async () => {
  const id = conversations[0]?.id ?? ''
  await db.owner(`update conversations set state = 'pending' where id = $1`, [id])
  expect((await page('hello')).items.some((head) => head.id === id)).toBe(true)
  expect((await page('hello', { state: 'new' })).items.some((head) => head.id === id)).toBe(false)
})

test('[N3] what was there before is taken in by and by, newest first, and until then a search says so', async () => {
  const expected = await everyPage('pear', 50)
  await db.owner('update contacts set name = name || $1', [' the First'])
  await db.owner('alter table contacts disable trigger search_contact')
  await db.owner('update contacts set words = null')
  await db.owner('alter table contacts enable trigger search_contact')
  await db.owner('delete from search_rows')
  await db.owner('delete from search_parts')
  // Longer than what is taken in at once, in signs and in entries.
  for (let count = 0; count < 12; count++)
    await db.owner(
      `insert into entries (organization_id, conversation_id, seq, changed_seq, id, at, kind, actor_kind, text, request_hash)
       values ($1, $2, $3, $3, gen_random_uuid(), clock_now(), 'message', 'contact', $4, '\\x00')`,
      [ann.organizationId, conversations[5]?.id, 1_000 + count, `giant${count} ${'long '.repeat(3_999)}`],
    )
  await db.owner('insert into search_progress (organization_id) values ($1)', [ann.organizationId])
  expect((await page('pear')).searched).toEqual({ matches: [], complete: false })
  let steps = 0
  const step = async () => {
    steps += 1
    const [row] = await db.database.run<{ more: boolean }>({ text: 'select search_catch_up(7) as more' })
    return row?.more
  }
  for (let count = 0; count < 15; count++) await step()
  // What is not taken in yet goes on and moves to the front: it is not forgotten.
  const [old] = await db.owner<{ id: string; last: string }>(
    'select id, last_at::text as last from conversations order by last_at limit 1',
  )
  await say(old?.id ?? '', 'and more')
  await say(old?.id ?? '', 'and more again')
  while (await step());
  expect(steps).toBeGreaterThan(30)
  expect((await page('pear')).searched?.complete).toBe(true)
  expect(await everyPage('pear', 50)).toEqual(await byHand('pear'))
  expect((await everyPage('pear', 50)).length).toBe(expected.length)
  expect((await everyPage('hello', 7)).length).toBe(conversations.length)
  expect((await everyPage('first somebody', 7)).length).toBe(conversations.length)
  expect((await page('giant0')).items.map((head) => head.id)).toEqual([conversations[5]?.id])
  const [left] = await db.owner<{ count: number }>('select count(*)::int as count from search_left')
  expect(left?.count).toBe(0)
})

test('[N3] a change and a removal of what was written are found at once, and what is moved down stays found', async () => {
  const id = conversations[1]?.id ?? ''
  await say(id, 'a zebra')
  await db.owner(`update entries set text = 'a giraffe' where conversation_id = $1 and text = 'a zebra'`, [
    id,
  ])
  expect((await page('zebra')).items).toEqual([])
  expect((await page('giraffe')).items.map((head) => head.id)).toEqual([id])
  await db.owner(
    `update entries set seq = seq + 1, changed_seq = changed_seq + 1 where conversation_id = $1 and text = 'a giraffe'`,
    [id],
  )
  const [moved] = (await page('giraffe')).searched?.matches ?? []
  expect(moved?.pieces).toEqual([
    { text: 'a ', marked: false },
    { text: 'giraffe', marked: true },
  ])
  await db.owner(`update entries set text = '' where conversation_id = $1 and text = 'a giraffe'`, [id])
  expect((await page('giraffe')).items).toEqual([])
})

test('[N3] an erased contact leaves nothing behind', async () => {
  const gone = conversations[2]
  await say(gone?.id ?? '', 'okapi')
  expect((await page('okapi')).items.length).toBe(1)
  await db.database.run({
    text: 'select erase_contact($1, $2)',
    values: [ann.organizationId, gone?.contact.id],
  })
  expect((await page('okapi')).items).toEqual([])
  const [rows] = await db.owner<{ count: number }>(
    'select count(*)::int as count from search_rows where conversation_id = $1',
    [gone?.id],
  )
  expect(rows?.count).toBe(0)
})

test('[N3] a new name is found at once, the one before no more', async () => {
  const contact = conversations[3]?.contact
  await db.owner(`update contacts set name = 'Björk Guðmundsdóttir' where id = $1`, [contact?.id])
  expect((await page('gudmundsdottir bjork')).items.map((head) => head.contact.id)).toEqual([contact?.id])
  await db.owner(`update contacts set name = 'Nobody' where id = $1`, [contact?.id])
  expect((await page('gudmundsdottir bjork')).items).toEqual([])
})
