import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from '../platform/db/database.ts'
import { ask, withDatabase } from './global-setup.ts'

export type TestDatabase = AsyncDisposable & {
  /** The server's login, which may be `foyer_app` and nobody else. */
  readonly url: string
  readonly ownerUrl: string
  /** As the server works: row-level security holds. */
  readonly database: Database
  /** As the owner, who sees everything. */
  owner<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>
  /** Moves the clock of all decisions forward. */
  advance(ms: number): Promise<void>
  /** The same, at a moment when no job is worked: it would lose its lease, and be worked a second time. */
  advanceBetweenJobs(ms: number): Promise<void>
  /** Stops that clock: from here on time passes by `advance` alone, however slow the machine is. */
  freeze(): Promise<void>
  close(): Promise<void>
}

export type Owner = {
  ask<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/**
 * Drops a database whoever is connected to it. PostgreSQL may be tidying it up by itself at that moment, as a superuser
 * whom the owner of the tests' databases may not send away: that is over soon.
 */
async function drop(cluster: string, name: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await ask(cluster, `drop database if exists ${name} with (force)`)
      return
    } catch (error) {
      const isTidied = (error as { code?: string }).code === '42501'
      if (!isTidied || tries >= 50) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/** Asks a database as its owner, who sees everything. */
export function openOwner(url: string): Owner {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  pool.on('error', () => undefined)
  return {
    async ask<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
      return (await pool.query<Row>(sql, [...values])).rows
    },
    close: () => pool.end(),
  }
}

/** A database of this test's own, copied from the migrated template. */
export async function createTestDatabase(options: { size?: number } = {}): Promise<TestDatabase> {
  const { url: cluster, login, template } = inject('cluster')
  const name = `foyer_test_${randomBytes(6).toString('hex')}`
  await ask(cluster, `create database ${name} template ${template}`)
  const ownerUrl = withDatabase(cluster, name)
  const url = withDatabase(login, name)
  const database = openDatabase({ url, size: options.size ?? 10, onIdleError: () => undefined })
  const owner = openOwner(ownerUrl)

  async function close(): Promise<void> {
    await Promise.all([database.close(), owner.close()])
    await drop(cluster, name)
  }
  return {
    url,
    ownerUrl,
    database,
    owner: owner.ask,
    async advance(ms) {
      await owner.ask('update test_clock set offset_ms = offset_ms + $1', [ms])
    },
    async advanceBetweenJobs(ms) {
      for (let tries = 0; ; tries++) {
        try {
          await owner.ask(`do $$ begin
            lock table jobs in exclusive mode;
            assert not exists (select from jobs where lease_until > clock_now());
            update test_clock set offset_ms = offset_ms + ${ms};
          end $$`)
          return
        } catch (error) {
          const isWorking = (error as { code?: string }).code === 'P0004'
          if (!isWorking || tries >= 1_000) throw error
          await new Promise((resolve) => setTimeout(resolve, 15))
        }
      }
    },
    async freeze() {
      const [row] = await owner.ask<{ now: Date }>('select clock_timestamp() as now')
      await owner.ask(`create or replace function clock_now() returns timestamptz language sql volatile as $$
        select '${row?.now.toISOString()}'::timestamptz + (select offset_ms from public.test_clock) * interval '1 millisecond' $$`)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
