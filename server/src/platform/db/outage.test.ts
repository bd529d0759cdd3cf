import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { Failure } from '../failure.ts'

let db: TestDatabase
const organization = '00000000-0000-4000-8000-000000000001'
const myPid = { text: 'select pg_backend_pid() as pid' }

beforeAll(async () => {
  db = await createTestDatabase({ size: 1 })
})
afterAll(() => db.close())

test('a connection that breaks between two statements fails the second, and nothing else', async () => {
  const broken = db.database.within(organization, async (transaction) => {
    const [row] = await transaction.query<{ pid: number }>(myPid)
    await db.owner('select pg_terminate_backend($1)', [row?.pid])
    // Long enough for the news to arrive while nobody waits for an answer: unheard, it would end the process.
    await new Promise((resolve) => setTimeout(resolve, 100))
    await transaction.query(myPid)
  })

  await expect(broken).rejects.toThrow(Failure)
  await expect(db.database.read(organization, myPid)).resolves.toHaveLength(1)
})

test('a statement that is cut off says that the database is away, and the next one is answered', async () => {
  const cut = expect(db.database.run({ text: 'select pg_sleep(5)' })).rejects.toMatchObject({
    code: 'server.unavailable',
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  await db.owner(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and query like 'select pg_sleep%' and pid <> pg_backend_pid()`,
  )

  await cut
  await expect(db.database.run(myPid)).resolves.toHaveLength(1)
})
