import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { eventually } from '../testing/world.ts'
import { createLog } from './log.ts'
import { holdLease, type Left, leaseSeconds } from './processes.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

test('what a process leaves behind when it dies is told once, by whoever finds its lease lapsed', async () => {
  const organizationId = randomUUID()
  const operatorId = randomUUID()
  await db.owner(`insert into organizations (id, name) values ($1, 'Leases')`, [organizationId])
  const log = createLog({ level: 'silent' })
  const told: Left[] = []
  const onGone = async (left: Left[]) => void told.push(...left)
  // One that died: it holds a lease that nobody renews, and somebody was connected through it.
  const dead = randomUUID()
  await db.owner(
    `insert into processes (id, roles, lease_until) values ($1, 'socket', clock_now() + interval '1 second')`,
    [dead],
  )
  await db.owner(
    `insert into presence (connection_id, process_id, organization_id, subject_kind, subject_id) values ($1, $2, $3, 'operator', $4)`,
    [randomUUID(), dead, organizationId, operatorId],
  )
  const leases = await Promise.all(
    [1, 2].map(() =>
      holdLease({ database: db.database, roles: ['worker'], log, watch: (writing) => writing, onGone }),
    ),
  )
  await eventually(
    () => told,
    (value) => value.length > 0,
    30_000,
  )
  expect(told).toEqual([
    { leaseUntil: expect.any(String), connected: [{ organizationId, kind: 'operator', id: operatorId }] },
  ])
  expect(await db.owner('select * from presence')).toEqual([])
  // So long nobody is told that somebody who was there through it is gone.
  expect(leaseSeconds + 11).toBeLessThanOrEqual(45)
  for (const lease of leases) await lease.release()
}, 60_000)
