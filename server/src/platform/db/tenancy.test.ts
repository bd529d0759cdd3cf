import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { randomToken, sha256 } from '../crypto.ts'
import type { Database } from './database.ts'

let db: TestDatabase
const [one, two] = [randomUUID(), randomUUID()]

beforeAll(async () => {
  // One connection: whatever a request leaves behind on it, the next one meets.
  db = await createTestDatabase({ size: 1 })
  for (const id of [one, two]) await fill(db.database, id)
})
afterAll(() => db.close())

describe('a database shared by organizations', () => {
  test('shows a query without an organization no row of any protected table', async () => {
    const tables = await db.owner<{ name: string }>(
      `select c.relname as name from pg_class c where c.relrowsecurity and c.relnamespace = 'public'::regnamespace`,
    )
    expect(tables.length).toBeGreaterThanOrEqual(11)
    for (const { name } of tables) {
      const [held] = await db.owner<{ count: string }>(`select count(*) from ${name}`)
      expect(Number(held?.count), `${name} has rows of both, or it proves nothing`).toBeGreaterThanOrEqual(2)
      const [seen] = await db.database.run<{ count: number }>({ text: `select count(*) from ${name}` })
      expect(seen?.count, name).toBe(0)
    }
  })

  test('protects every table that has an organization', async () => {
    const open = await db.owner<{ name: string }>(
      `select c.relname as name from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relrowsecurity`,
    )
    expect(open).toEqual([])
  })

  test('works as a role that owns nothing and is no superuser', async () => {
    const [role] = await db.database.run<{ name: string; super: boolean; bypass: boolean; owns: number }>({
      text: `select current_user as name, rolsuper as super, rolbypassrls as bypass,
               (select count(*) from pg_class where relowner = r.oid) as owns
             from pg_roles r where rolname = current_user`,
    })
    expect(role).toEqual({ name: 'foyer_app', super: false, bypass: false, owns: 0 })
  })

  test('never shows one organization the rows of another, whatever fails in between', async () => {
    const step = fc.record({
      organization: fc.constantFrom(one, two),
      act: fc.constantFrom(
        'read',
        'read all',
        'within',
        'throw',
        'syntax',
        'violate',
        'swallow',
        'foreign',
        'bare',
      ),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
        await Promise.all(steps.map(take))
      }),
      { numRuns: 60 },
    )
  })
})

type Step = { organization: string; act: string }

async function take({ organization, act }: Step): Promise<void> {
  const { database } = db
  const own = (rows: { organization_id: string }[]) => {
    expect(rows.length).toBeGreaterThan(0)
    expect(new Set(rows.map((row) => row.organization_id))).toEqual(new Set([organization]))
  }
  const all = { text: 'select organization_id from operators' }
  if (act === 'read') own(await database.read(organization, all))
  if (act === 'read all')
    own(
      await database.read(organization, {
        name: 'all_contacts',
        text: 'select organization_id from contacts',
      }),
    )
  if (act === 'within')
    await database.within(organization, async (transaction) => own(await transaction.query(all)))
  if (act === 'throw') {
    const work = database.within(organization, async (transaction) => {
      own(await transaction.query(all))
      throw new Error('changed my mind')
    })
    await expect(work).rejects.toThrow('changed my mind')
  }
  if (act === 'syntax') await expect(database.read(organization, { text: 'selekt' })).rejects.toThrow()
  if (act === 'violate') {
    const insert = {
      text: 'insert into contacts (organization_id, id, version) values ($1, $2, null)',
      values: [organization, randomUUID()],
    }
    await expect(database.read(organization, insert)).rejects.toThrow()
  }
  if (act === 'swallow') {
    const work = database.within(organization, async (transaction) => {
      await transaction.query({ text: 'select 1 / 0' }).catch(() => undefined)
    })
    await expect(work).rejects.toThrow('rolled back')
  }
  if (act === 'foreign') {
    const other = organization === one ? two : one
    const insert = {
      text: 'insert into contacts (organization_id, id) values ($1, $2)',
      values: [other, randomUUID()],
    }
    await expect(database.read(organization, insert)).rejects.toThrow('row-level security')
    const update = {
      text: `update operators set name = 'stolen' where organization_id = $1 returning id`,
      values: [other],
    }
    expect(await database.read(organization, update)).toEqual([])
  }
  if (act === 'bare') expect(await database.run(all)).toEqual([])
}

/** Puts a row into every protected table. */
async function fill(database: Database, organizationId: string): Promise<void> {
  const [operator, session, widget, contact, identity, conversation, process] = Array.from(
    { length: 7 },
    () => randomUUID(),
  )
  const statements: [string, unknown[]][] = [
    ['insert into organizations (id, name) values ($1, $2)', [organizationId, 'One of two']],
    [
      `insert into operators (organization_id, id, email, name, role) values ($1, $2, $3, 'An operator', 'owner')`,
      [organizationId, operator, `${operator}@example.com`],
    ],
    [
      `insert into sessions (organization_id, id, operator_id, token_hash, device, expires_at) values ($1, $2, $3, $4, '', clock_now() + interval '1 day')`,
      [organizationId, session, operator, sha256(randomToken())],
    ],
    [
      `insert into socket_tickets (token_hash, organization_id, operator_id, session_id, expires_at) values ($1, $2, $3, $4, clock_now() + interval '1 day')`,
      [sha256(randomToken()), organizationId, operator, session],
    ],
    [
      `insert into widgets (organization_id, id, key, name) values ($1, $2, $3, 'A widget')`,
      [organizationId, widget, randomToken()],
    ],
    ['insert into contacts (organization_id, id) values ($1, $2)', [organizationId, contact]],
    [
      `insert into identities (organization_id, id, contact_id, channel, address_hash) values ($1, $2, $3, 'website', $4)`,
      [organizationId, identity, contact, sha256(randomToken())],
    ],
    [
      `insert into conversations (organization_id, id, contact_id, widget_id, channel, state, seq, public_seq, created_at, last_at, rank, position)
      values ($1, $2, $3, $4, 'website', 'new', 1, 1, clock_now(), clock_now(), 0, 0)`,
      [organizationId, conversation, contact, widget],
    ],
    [
      `insert into entries (organization_id, conversation_id, seq, changed_seq, id, at, kind, actor_kind, text, request_hash)
      values ($1, $2, 1, 1, $3, clock_now(), 'message', 'contact', 'hello', '')`,
      [organizationId, conversation, randomUUID()],
    ],
    [`insert into processes (id, roles, lease_until) values ($1, '', clock_now())`, [process]],
    [
      `insert into presence (connection_id, process_id, organization_id, subject_kind, subject_id) values ($1, $2, $3, 'operator', $4)`,
      [randomUUID(), process, organizationId, operator],
    ],
    [
      `insert into jobs (organization_id, id, kind, payload, due_at) values ($1, $2, 'nothing', '{}', clock_now())`,
      [organizationId, randomUUID()],
    ],
  ]
  await database.within(organizationId, async (transaction) => {
    for (const [text, values] of statements) await transaction.query({ text, values })
  })
}
