import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { openPostgresBus } from '../bus/postgres.ts'
import { createLog } from '../log.ts'
import { openLogin } from './login.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const roleOf = (url: string) => new URL(url).username
const isRefused = expect.objectContaining({ code: '42501' })

test('what the server works under is nobody but foyer_app, and cannot become the owner', async () => {
  const { url, own } = await openLogin(db.ownerUrl)
  expect({ own, role: roleOf(url) }).toEqual({ own: true, role: roleOf(db.url) })
  const owner = roleOf(db.ownerUrl)
  const [who] = await db.database.run<{ me: string; login: string }>({
    text: 'select current_user as me, session_user as login',
  })
  expect(who).toEqual({ me: 'foyer_app', login: roleOf(url) })

  const client = new pg.Client({ connectionString: url, options: '-c role=foyer_app' })
  await client.connect()
  try {
    for (const back of ['reset role', 'set role none', `set session authorization default`]) {
      await client.query(back)
      for (const become of [`set role ${owner}`, `set session authorization ${owner}`, `set role postgres`])
        await expect(client.query(become), `${back}; ${become}`).rejects.toMatchObject(isRefused)
      await expect(client.query('alter table contacts disable row level security'), back).rejects.toThrow(
        'owner',
      )
      await expect(client.query('drop table contacts'), back).rejects.toThrow('owner')
      await expect(client.query('create role another'), back).rejects.toMatchObject(isRefused)
      await client.query('set role foyer_app')
      expect((await client.query('select from contacts')).rowCount).toBe(0)
    }
    // As itself it may not even read.
    await client.query('set role none')
    await expect(client.query('select from contacts')).rejects.toMatchObject(isRefused)
  } finally {
    await client.end()
  }
})

test('the line of the bus is no owner’s either', async () => {
  const bus = await openPostgresBus({ url: db.url, log: createLog({ level: 'silent' }) })
  const rows = await db.owner<{ usename: string }>(
    `select distinct usename from pg_stat_activity where datname = current_database() and usename <> current_user`,
  )
  expect(rows).toEqual([{ usename: roleOf(db.url) }])
  await bus.close()
})

test('many processes that start at once, and one that starts later, come to the same login', async () => {
  await db.owner(`update installation set secret = decode(md5('another'), 'hex')`)
  const logins = await Promise.all(Array.from({ length: 6 }, () => openLogin(db.ownerUrl)))
  logins.push(await openLogin(db.ownerUrl))
  expect(new Set(logins.map(({ url }) => url)).size).toBe(1)
  expect(logins.every(({ own }) => own)).toBe(true)
  const role = roleOf(logins[0]?.url ?? '')
  expect(role).not.toBe(roleOf(db.url))
  // Somebody changed its password: the next start mends it.
  await db.owner(`alter role ${role} password 'changed'`)
  expect((await openLogin(db.ownerUrl)).own).toBe(true)
  await db.owner(`revoke foyer_app from ${role}`)
  await db.owner(`drop role ${role}`)
})

test('where the owner may make no role, the server works as before and says why', async () => {
  await db.owner(`update installation set secret = decode(md5('a third'), 'hex')`)
  const weak = `weak_${roleOf(db.url).slice(-12)}`
  await db.owner(`create role ${weak} login password 'weak'`)
  await db.owner(`grant select on installation to ${weak}`)
  const url = new URL(db.ownerUrl)
  url.username = weak
  url.password = 'weak'
  try {
    const login = await openLogin(url.href)
    expect(login).toMatchObject({ url: url.href, own: false, reason: isRefused })
  } finally {
    await db.owner(`revoke select on installation from ${weak}`)
    await db.owner(`drop role ${weak}`)
  }
})
