import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBuild } from '../../testing/build.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  const build = createBuild(db.database, async () => 'no password')
  const assignee = await build.operator()
  const contact = await build.contact({ organizationId: assignee.organizationId })
  const talk = await build.conversation({ contact, assignee })
  await build.happen(talk, { kind: 'contact_wrote' }, 'Hello')
})
afterAll(() => db.close())

// As the owner, whom no policy and no function of the product stands in the way of.
test.each([
  ['a state that there is not', `update conversations set state = 'closed'`],
  ['a preview by nobody', `update conversations set preview_author = 'bot'`],
  ['a note of a hand-over that is too long', `update conversations set handed_note = repeat('x', 161)`],
  ['live without an end', 'update conversations set live_since = clock_now(), live_until = null'],
  ['an end without being live', 'update conversations set live_since = null, live_until = clock_now()'],
  [
    'live with nobody',
    'update conversations set assignee_id = null, live_since = clock_now(), live_until = clock_now()',
  ],
  [
    'live after the end',
    `update conversations set live_since = clock_now(), live_until = clock_now(), state = 'ended'`,
  ],
  ['an author that there is not', `update entries set actor_kind = 'nobody'`],
  ['a session that there is not', `update entries set session = 'never'`],
])('the database refuses %s', async (_title, statement) => {
  const table = statement.split(' ')[1]
  await expect(db.owner(statement)).rejects.toThrow(`"${table}_holds"`)
})

test('the database takes what is right, and what is not known', async () => {
  await db.owner(
    `update conversations set state = 'pending', preview_author = null, handed_note = repeat('x', 160)`,
  )
  await db.owner('update entries set session = null')
  const [found] = await db.owner<{ checked: boolean }>(
    `select bool_and(convalidated) as checked from pg_constraint where conname in ('conversations_holds', 'entries_holds')`,
  )
  expect(found?.checked).toBe(true)
})
