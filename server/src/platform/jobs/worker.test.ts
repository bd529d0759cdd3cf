import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { eventually } from '../../testing/world.ts'
import type { Bus } from '../bus/bus.ts'
import type { Database } from '../db/database.ts'
import { createLog } from '../log.ts'
import { enqueue, type JobDraft } from './enqueue.ts'
import { type JobHandler, jobLeaseSeconds, startWorker, type Worker } from './worker.ts'

const silentBus: Bus = {
  publish: () => undefined,
  subscribe: () => () => undefined,
  onMissed: () => () => undefined,
  close: async () => undefined,
}
const organizationId = randomUUID()
let db: TestDatabase
const workers: Worker[] = []

beforeAll(async () => {
  db = await createTestDatabase()
  await db.owner(`insert into organizations (id, name) values ($1, 'Jobs')`, [organizationId])
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
  await db.owner('delete from jobs')
})
afterAll(() => db.close())

function work(
  handlers: Record<string, JobHandler>,
  { database = db.database, bus = silentBus }: { database?: Database; bus?: Bus } = {},
): Worker {
  const worker = startWorker({
    database,
    bus,
    log: createLog({ level: 'silent' }),
    workerId: randomUUID(),
    handlers,
  })
  workers.push(worker)
  return worker
}

const add = (job: JobDraft) => db.database.within(organizationId, (transaction) => enqueue(transaction, job))
const left = () =>
  db.owner<{ id: string; attempts: number; dead_at: string | null; error: string | null; held: boolean }>(
    'select *, lease_until is not null as held from jobs',
  )

test('a job is worked once and is gone', async () => {
  const done: unknown[] = []
  await add({ kind: 'greet', payload: { to: 'a' } })
  work({ greet: async (job) => void done.push(job.payload.to) })
  await eventually(left, (rows) => rows.length === 0)
  expect(done).toEqual(['a'])
})

test('a job that comes just before the worker would sleep is not slept over', async () => {
  let tell: () => void = () => undefined
  const bus: Bus = {
    ...silentBus,
    subscribe(_topic, listener) {
      tell = () => listener({}, null)
      return () => undefined
    },
  }
  let came = false
  const database: Database = Object.create(db.database, {
    run: {
      value: async (statement: { name?: string; text: string }) => {
        const rows = await db.database.run(statement)
        if (statement.name !== 'next_job_due' || came) return rows
        came = true
        await add({ kind: 'late', payload: {} })
        tell()
        return rows
      },
    },
  })
  const done: unknown[] = []
  work({ late: async () => void done.push('late') }, { database, bus })
  await eventually(
    () => done,
    (all) => all.length === 1,
    4_000,
  )
})

test('jobs of one lane are worked in their order, one at a time, by however many workers', async () => {
  const order: number[] = []
  let atOnce = 0
  for (let n = 0; n < 12; n++) await add({ kind: 'step', payload: { n }, lane: 'conversation-1' })
  const step: JobHandler = async (job) => {
    atOnce++
    expect(atOnce).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 5))
    order.push(Number(job.payload.n))
    atOnce--
  }
  work({ step })
  work({ step })
  await eventually(left, (rows) => rows.length === 0)
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
})

test('a job that fails is tried again later, and in the end waits for a person without blocking its lane', async () => {
  let attempts = 0
  const after: string[] = []
  await add({ kind: 'poison', payload: {}, lane: 'l' })
  await add({ kind: 'fine', payload: {}, lane: 'l' })
  work({
    poison: async () => {
      attempts++
      throw new Error('The provider says no.')
    },
    fine: async () => void after.push('fine'),
  })
  for (let n = 1; n <= 11; n++) {
    await eventually(
      () => attempts,
      (value) => value >= n,
    )
    // Its pause counts from when it is let go.
    await db.advanceBetweenJobs(20 * 3600 * 1000)
  }
  const rows = await eventually(left, (jobs) => jobs.length === 1 && jobs[0]?.dead_at !== null, 15_000)
  expect(rows[0]).toMatchObject({ attempts: 11, error: 'The provider says no.' })
  await eventually(
    () => after,
    (value) => value.length === 1,
    15_000,
  )
}, 60_000)

test('a job that failed is let go at once, says why, and is due again after its pause', async () => {
  await add({ kind: 'fails', payload: {} })
  work({
    fails: async () => {
      throw new Error('Not now.')
    },
  })
  await eventually(left, (rows) => rows[0]?.error === 'Not now.')
  const [row] = await db.owner<{ held: boolean; pause: number }>(
    `select lease_until is not null as held, extract(epoch from due_at - clock_now())::float8 as pause from jobs`,
  )
  expect(row?.held).toBe(false)
  expect(row?.pause).toBeGreaterThan(2)
  expect(row?.pause).toBeLessThan(7)
})

test('a killed worker’s job is taken over when its lease lapses, and its former holder cannot end it', async () => {
  const id = await add({ kind: 'slow', payload: {} })
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const outcomes: string[] = []
  const first = work({
    slow: async (job) => {
      await held
      await db.database
        .within(organizationId, (transaction) => job.complete(transaction))
        .then(
          () => outcomes.push('first ended it'),
          () => outcomes.push('first was fenced off'),
        )
    },
  })
  await eventually(left, (rows) => rows[0]?.attempts === 1)
  // The first worker is as good as dead: it takes nothing more, time passes, and it has not renewed.
  const gone = first.stop()
  await db.advance((jobLeaseSeconds + 1) * 1000)
  work({
    slow: async (job) => {
      expect(job.id).toBe(id)
      outcomes.push(`taken over, attempt ${job.attempts}`)
    },
  })
  await eventually(left, (rows) => rows.length === 0, 15_000)
  release()
  await gone
  expect(outcomes).toEqual(['taken over, attempt 2', 'first was fenced off'])
  expect(jobLeaseSeconds + 5).toBeLessThanOrEqual(90)
}, 30_000)

test('work and the end of its job are one transaction', async () => {
  await add({ kind: 'rename', payload: {} })
  let tries = 0
  work({
    rename: async (job) => {
      tries++
      await db.database.within(organizationId, async (transaction) => {
        await transaction.query({ text: `update organizations set name = name || '!'` })
        await job.complete(transaction)
        if (tries === 1) throw new Error('Power cut.')
      })
    },
  })
  await eventually(
    () => tries,
    (value) => value === 1,
  )
  await db.advance(60_000)
  await eventually(left, (rows) => rows.length === 0, 15_000)
  expect(await db.owner('select name from organizations')).toEqual([{ name: 'Jobs!' }])
}, 30_000)
