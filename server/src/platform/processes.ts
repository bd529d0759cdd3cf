import { randomUUID } from 'node:crypto'
import type { Database } from './db/database.ts'
import type { Log } from './log.ts'

/** Seconds a process counts as alive after it last said so, and how often it says so. */
export const leaseSeconds = 30
const renewMs = 7_500
const sweepMs = 2_500
/**
 * A lease that lapsed counts for nothing yet: the database's clock may have been set. A process is gone when its lease has
 * stood still for longer than it takes a living one to renew it.
 */
const stillMs = 8_500

/** What a process that is gone leaves behind. */
export type Left = {
  /** When it can have spoken last. */
  leaseUntil: string
  /** Who was connected through it. */
  connected: { organizationId: string; kind: 'operator' | 'contact'; id: string }[]
}

export type ProcessLease = {
  readonly id: string
  /** Ends the lease at once, so that nobody waits for it to lapse. */
  release(): Promise<void>
}

/**
 * Holds this process's lease and looks after the others': whoever finds one lapsed takes it away and is told what it
 * leaves behind, exactly once over all processes.
 */
export async function holdLease(options: {
  database: Database
  roles: readonly string[]
  log: Log
  /** Watches that what is written comes back. */
  watch: <T>(writing: Promise<T>) => Promise<T>
  onGone: (left: Left[]) => Promise<void>
}): Promise<ProcessLease> {
  const { database, log } = options
  const id = randomUUID()
  const renew = () =>
    options.watch(
      database.run({
        name: 'renew_lease',
        text: `insert into processes (id, roles, lease_until) values ($1, $2, clock_now() + make_interval(secs => $3))
        on conflict (id) do update set lease_until = excluded.lease_until`,
        values: [id, options.roles.join(), leaseSeconds],
      }),
    )
  await renew()
  const renewing = setInterval(
    () => renew().catch((err: unknown) => log.warn('The lease could not be renewed.', { error: err })),
    renewMs,
  )
  const sweeping = setInterval(
    () => sweep().catch((err: unknown) => log.warn('Lapsed leases could not be looked for.', { error: err })),
    sweepMs,
  )

  const lapsed = new Map<string, { leaseUntil: string; since: number }>()

  /** Those whose lapsed lease has stood still for long enough, by this process's own clock. */
  async function standingStill(): Promise<string[]> {
    const rows = await database.run<{ id: string; lease_until: string }>({
      name: 'lapsed_leases',
      text: 'select id, lease_until from processes where lease_until < clock_now() and id <> $1',
      values: [id],
    })
    const now = performance.now()
    const seen = new Set(rows.map((row) => row.id))
    for (const known of lapsed.keys()) if (!seen.has(known)) lapsed.delete(known)
    for (const row of rows) {
      if (lapsed.get(row.id)?.leaseUntil !== row.lease_until)
        lapsed.set(row.id, { leaseUntil: row.lease_until, since: now })
    }
    return [...lapsed].filter(([, { since }]) => now - since >= stillMs).map(([gone]) => gone)
  }

  async function sweep(): Promise<void> {
    type Row = {
      process_id: string
      lease_until: string
      organization_id: string | null
      subject_kind: 'operator' | 'contact' | null
      subject_id: string | null
    }
    const rows = await database.run<Row>({
      name: 'sweep_processes',
      text: 'select * from sweep_processes($1)',
      values: [await standingStill()],
    })
    if (rows.length === 0) return
    const gone = new Map<string, Left>()
    for (const row of rows) {
      const left = gone.get(row.process_id) ?? { leaseUntil: row.lease_until, connected: [] }
      gone.set(row.process_id, left)
      if (row.organization_id && row.subject_kind && row.subject_id) {
        left.connected.push({
          organizationId: row.organization_id,
          kind: row.subject_kind,
          id: row.subject_id,
        })
      }
    }
    log.info('A process is gone; what it left is taken over.', { count: gone.size })
    await options.onGone([...gone.values()])
  }

  return {
    id,
    async release() {
      clearInterval(renewing)
      clearInterval(sweeping)
      // Given back, not deleted: whoever sweeps it up tells what this process had no time to tell.
      await database.run({
        text: 'update processes set released = true, lease_until = clock_now() where id = $1',
        values: [id],
      })
    },
  }
}
