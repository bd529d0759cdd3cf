import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from '../platform/db/database.ts'
import { ask, withDatabase } from './global-setup.ts'

export type TestDatabase = AsyncDisposable & {
  readonly url: string
  /** As the server works: row-level security holds. */
  readonly database: Database
  /** As the owner, who sees everything. */
  owner<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>
  /** Moves the clock of all decisions forward. */
  advance(ms: number): Promise<void>
  close(): Promise<void>
}

/** A database of this test's own, copied from the migrated template. */
export async function createTestDatabase(options: { size?: number } = {}): Promise<TestDatabase> {
  const { url: cluster, template } = inject('cluster')
  const name = `foyer_test_${randomBytes(6).toString('hex')}`
  await ask(cluster, `create database ${name} template ${template}`)
  const url = withDatabase(cluster, name)
  const database = openDatabase({ url, size: options.size ?? 10, onIdleError: () => undefined })
  const owner = new pg.Pool({ connectionString: url, max: 2 })
  owner.on('error', () => undefined)

  async function askOwner<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await owner.query<Row>(sql, [...values])).rows
  }
  async function close(): Promise<void> {
    await Promise.all([database.close(), owner.end()])
    await ask(cluster, `drop database if exists ${name} with (force)`)
  }
  return {
    url,
    database,
    owner: askOwner,
    async advance(ms) {
      await askOwner('update test_clock set offset_ms = offset_ms + $1', [ms])
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
