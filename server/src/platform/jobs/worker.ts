import type { Bus } from '../bus/bus.ts'
import type { Database, Transaction } from '../db/database.ts'
import type { Log } from '../log.ts'

/** A job while it is held. `complete` ends it inside a transaction of the work, if the job is still held. */
export type Job = {
  readonly id: string
  readonly organizationId: string
  readonly kind: string
  readonly payload: Record<string, unknown>
  readonly attempts: number
  /** Aborted when the lease is lost: another worker has taken over, and nothing more may be done. */
  readonly signal: AbortSignal
  /** Ends the job in the same transaction as the last of its work; throws, and so rolls back, if it is not held any more. */
  complete(transaction: Transaction): Promise<void>
}

/** Does the work of a kind. A handler that does not call `complete` has its job ended after it returns. */
export type JobHandler = (job: Job) => Promise<void>

export type Worker = { stop(): Promise<void> }

export const jobLeaseSeconds = 60
const renewMs = 20_000
const idleMs = 5_000
const atOnce = 8
/** Seconds before the next attempt; after the last the job is dead and waits for a person. */
const schedule = [5, 15, 45, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200]
/** So many attempts a job has; a handler can tell from `attempts` that this one is the last. */
export const mostAttempts = schedule.length + 1

type Row = {
  organization_id: string
  id: string
  kind: string
  payload: Record<string, unknown>
  attempts: number
  fence: number
}

/** Works jobs of the given kinds until stopped: by lease, renewed while the work goes on, fenced at its end. */
export function startWorker(options: {
  database: Database
  bus: Bus
  log: Log
  /** Identifies this worker in the rows it holds. */
  workerId: string
  handlers: Readonly<Record<string, JobHandler>>
}): Worker {
  const { database, log, handlers } = options
  const kinds = Object.keys(handlers)
  const held = new Map<string, Promise<void>>()
  let stopped = false
  /** Something came up since jobs were last looked for, which may be while nobody slept. */
  let woken = false
  let interrupt: () => void = () => undefined
  const unsubscribe = options.bus.subscribe('jobs', wake)
  const looping = loop()

  async function loop(): Promise<void> {
    while (!stopped) {
      woken = false
      let claimed = 0
      try {
        const room = atOnce - held.size
        const rows = room > 0 ? await claim(room) : []
        claimed = rows.length
        for (const row of rows) {
          const key = `${row.organization_id}/${row.id}/${row.fence}`
          held.set(
            key,
            work(row).finally(() => {
              held.delete(key)
              wake()
            }),
          )
        }
      } catch (err) {
        log.warn('Jobs could not be claimed.', { error: err })
      }
      if (claimed === 0) await sleep(await untilNext())
    }
  }

  function claim(room: number): Promise<Row[]> {
    return database.run<Row>({
      name: 'claim_jobs',
      text: 'select organization_id, id, kind, payload, attempts, fence from claim_jobs($1, $2, $3, make_interval(secs => $4))',
      values: [options.workerId, kinds, room, jobLeaseSeconds],
    })
  }

  async function untilNext(): Promise<number> {
    try {
      const [row] = await database.run<{ wait: number | null }>({
        name: 'next_job_due',
        text: 'select extract(epoch from next_job_due($1) - clock_now())::float8 * 1000 as wait',
        values: [kinds],
      })
      return Math.min(idleMs, Math.max(20, row?.wait ?? idleMs))
    } catch {
      return idleMs
    }
  }

  function wake(): void {
    woken = true
    interrupt()
  }

  function sleep(ms: number): Promise<void> {
    if (woken) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      interrupt = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function work(row: Row): Promise<void> {
    const lost = new AbortController()
    const renewing = setInterval(() => {
      renew(row).then(
        (kept) => kept || lost.abort(),
        (err: unknown) => log.warn('A job lease could not be renewed.', { error: err, jobId: row.id }),
      )
    }, renewMs)
    let completed = false
    const job: Job = {
      id: row.id,
      organizationId: row.organization_id,
      kind: row.kind,
      payload: row.payload,
      attempts: row.attempts,
      signal: lost.signal,
      async complete(transaction) {
        const ended = await transaction.query({ ...endStatement(row) })
        if (ended.length === 0) throw new Error('The job is held by another worker now.')
        completed = true
      },
    }
    try {
      await handlers[row.kind]?.(job)
      if (!completed) await database.read(row.organization_id, endStatement(row))
    } catch (error) {
      if (lost.signal.aborted)
        log.warn('A job was taken over by another worker.', { jobId: row.id, kind: row.kind })
      else await fail(row, error)
    } finally {
      clearInterval(renewing)
    }
  }

  async function renew(row: Row): Promise<boolean> {
    const rows = await database.read(row.organization_id, {
      name: 'renew_job',
      text: `update jobs set lease_until = clock_now() + make_interval(secs => $4)
        where organization_id = $1 and id = $2 and fence = $3 returning id`,
      values: [row.organization_id, row.id, row.fence, jobLeaseSeconds],
    })
    return rows.length > 0
  }

  async function fail(row: Row, error: unknown): Promise<void> {
    const wait = schedule[row.attempts - 1]
    log.error('A job failed.', { error, jobId: row.id, kind: row.kind, attempts: row.attempts })
    await database
      .read(row.organization_id, {
        name: 'fail_job',
        text: `update jobs set lease_until = null, holder = null, error = left($4, 500),
            due_at = clock_now() + make_interval(secs => coalesce($5::float8, 0)), dead_at = case when $5::float8 is null then clock_now() end
          where organization_id = $1 and id = $2 and fence = $3`,
        values: [
          row.organization_id,
          row.id,
          row.fence,
          error instanceof Error ? error.message : String(error),
          wait === undefined ? null : wait * (0.8 + 0.4 * Math.random()),
        ],
      })
      .catch((err: unknown) =>
        log.warn('A failed job will be taken again when its lease lapses.', { error: err, jobId: row.id }),
      )
  }

  return {
    async stop() {
      stopped = true
      unsubscribe()
      wake()
      await looping
      await Promise.allSettled(held.values())
    },
  }
}

function endStatement(row: Row): { name: string; text: string; values: unknown[] } {
  return {
    name: 'end_job',
    text: 'delete from jobs where organization_id = $1 and id = $2 and fence = $3 returning id',
    values: [row.organization_id, row.id, row.fence],
  }
}
