import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBuild } from '../../testing/build.ts'
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
  const build = createBuild(database, async () => 'no password')
  await database.read(organizationId, {
    text: `insert into organizations (id, name) values ($1, 'One of two')`,
    values: [organizationId],
  })
  const operator = await build.operator({ organizationId })
  const conversation = await build.conversation({ contact: await build.contact({ organizationId }) })
  const widget = await build.widget({ organizationId })
  const group = await build.group({ organizationId, members: [operator] })
  const [session, process, skill] = [randomUUID(), randomUUID(), randomUUID()]
  const tomorrow = `clock_now() + interval '1 day'`
  const statements: [string, unknown[]][] = [
    [
      `insert into sessions (organization_id, id, operator_id, token_hash, device, expires_at)
       values ($1, $2, $3, $4, '', ${tomorrow})`,
      [organizationId, session, operator.id, sha256(randomToken())],
    ],
    [
      `insert into socket_tickets (organization_id, operator_id, session_id, token_hash, expires_at)
       values ($1, $2, $3, $4, ${tomorrow})`,
      [organizationId, operator.id, session, sha256(randomToken())],
    ],
    [
      'insert into parted_identities (organization_id, address_hash, contact_id) values ($1, $2, $3)',
      [organizationId, sha256(randomToken()), conversation.contact.id],
    ],
    [
      `insert into refused_addresses (organization_id, address_key) values ($1, 'zoe@contact.example')`,
      [organizationId],
    ],
    [
      `insert into contact_blocks (organization_id, id, contact_id, reason, blocked_by, until_at)
       values ($1, $2, $3, '', $4, ${tomorrow})`,
      [organizationId, randomUUID(), conversation.contact.id, operator.id],
    ],
    [`insert into processes (id, roles, lease_until) values ($1, '', ${tomorrow})`, [process]],
    [
      `insert into presence (connection_id, process_id, organization_id, subject_kind, subject_id)
       values ($1, $2, $3, 'operator', $4)`,
      [randomUUID(), process, organizationId, operator.id],
    ],
    [
      `insert into jobs (organization_id, id, kind, payload, due_at) values ($1, $2, 'nothing', '{}', ${tomorrow})`,
      [organizationId, randomUUID()],
    ],
    [
      `with invited as (insert into invitations (organization_id, id, token_hash, role_id, created_by, expires_at)
         values ($1, $2, $3, $5, $4, ${tomorrow}) returning organization_id, id)
       insert into invitation_links (organization_id, invitation_id, token_hash) select organization_id, id, $6 from invited`,
      [
        organizationId,
        randomUUID(),
        sha256(randomToken()),
        operator.id,
        operator.roleId,
        sha256(randomToken()),
      ],
    ],
    [
      `insert into mails (organization_id, id, kind, to_address, locale, data) values ($1, $2, 'test', 'a@b.example', 'en', '{}')`,
      [organizationId, randomUUID()],
    ],
    [
      `insert into unread_mails (organization_id, conversation_id) values ($1, $2)`,
      [organizationId, conversation.id],
    ],
    [
      `insert into follow_ups (organization_id, conversation_id, kind, since_seq) values ($1, $2, 'waiting', 1)`,
      [organizationId, conversation.id],
    ],
    [
      `insert into mail_links (organization_id, id, token_hash, conversation_id, contact_id, address, expires_at)
       values ($1, $2, $3, $4, $5, 'a@b.example', ${tomorrow})`,
      [organizationId, randomUUID(), sha256(randomToken()), conversation.id, conversation.contact.id],
    ],
    [
      `insert into notifications (organization_id, operator_id, kind, conversation_id, entry_id, at)
       values ($1, $2, 'assigned', $3, $4, clock_now())`,
      [organizationId, operator.id, conversation.id, randomUUID()],
    ],
    [
      `insert into operator_pictures (organization_id, operator_id, key, bytes) values ($1, $2, $3, 'RIFF')`,
      [organizationId, operator.id, randomToken()],
    ],
    [
      `insert into account_links (organization_id, token_hash, operator_id, kind, expires_at)
       values ($1, $2, $3, 'password', ${tomorrow})`,
      [organizationId, sha256(randomToken()), operator.id],
    ],
    [
      'insert into sign_settings (organization_id, operator_id) values ($1, $2)',
      [organizationId, operator.id],
    ],
    [
      'insert into reply_times (organization_id, widget_id, place, seconds) values ($1, $2, 0, 60)',
      [organizationId, widget.id],
    ],
    [
      `insert into drafts (organization_id, operator_id, conversation_id, kind, text, version)
       values ($1, $2, $3, 'message', 'Hello', 1)`,
      [organizationId, operator.id, conversation.id],
    ],
    [
      `insert into files (organization_id, id, operator_id, name, bytes, part_bytes)
       values ($1, $2, $3, 'a.txt', 3, 65536)`,
      [organizationId, randomUUID(), operator.id],
    ],
    ['insert into file_usage (organization_id, bytes) values ($1, 3)', [organizationId]],
    [
      `insert into macros (organization_id, id, name, versions, words) values ($1, $2, 'Hello', '{}', 'hello')`,
      [organizationId, randomUUID()],
    ],
    ['insert into file_removals (organization_id, key) values ($1, $2)', [organizationId, randomUUID()]],
    ['insert into search_left values ($1, $2, 1)', [organizationId, conversation.id]],
    ['insert into search_progress (organization_id) values ($1)', [organizationId]],
    ['insert into skills (organization_id, id, name) values ($1, $2, $3)', [organizationId, skill, 'French']],
    ['insert into operator_skills values ($1, $2, $3)', [organizationId, operator.id, skill]],
    ['insert into widget_skills values ($1, $2, $3)', [organizationId, widget.id, skill]],
    [
      'insert into widget_groups (organization_id, widget_id, group_id) values ($1, $2, $3)',
      [organizationId, widget.id, group],
    ],
  ]
  await database.within(organizationId, async (transaction) => {
    for (const [text, values] of statements) await transaction.query({ text, values })
  })
}
