import pg from 'pg'
import { fromDatabase } from './errors.ts'

/** A statement with a name is planned once per connection; hot ones have one. */
export type Statement = { name?: string; text: string; values?: readonly unknown[] }

/** What can be asked inside a transaction that works for one organization. */
export type Transaction = {
  readonly organizationId: string
  query<Row extends object>(statement: Statement): Promise<Row[]>
}

export type Database = {
  /** Asks outside any organization: only functions that set or need none see rows this way. One round trip. */
  run<Row extends object>(statement: Statement): Promise<Row[]>
  /** Asks one thing for an organization: BEGIN, set, query, COMMIT in one flush. */
  read<Row extends object>(organizationId: string, statement: Statement): Promise<Row[]>
  /** Runs several statements for an organization in one transaction; throws and rolls back together. */
  within<T>(organizationId: string, work: (transaction: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type DatabaseOptions = {
  url: string
  /** How many connections at most. */
  size: number
  /** Told about a connection that broke while nobody used it. */
  onIdleError: (error: Error) => void
  /** Told about everything that fails, before it is given its meaning. */
  onError?: (error: unknown) => void
}

/** Seconds after which a statement, or the wait for a lock, is given up. */
const statementTimeoutMs = 15_000
const lockTimeoutMs = 5_000

/** Dates as ISO text to the millisecond, 64-bit counts as numbers (they stay far below 2^53). */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === 1184) return (text: string) => new Date(text).toISOString()
    if (oid === 20) return Number
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

/**
 * Opens the pool under which the server works: as `foyer_app`, for whom row-level security holds, never as the owner. The
 * login of `url` is one that can become nobody else, where the database lets us have one (`openLogin`).
 * Pipelined, so that a transaction around one query costs one round trip.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.size,
    pipeline: true,
    types,
    connectionTimeoutMillis: 5_000,
    // Each holds 3 to 7 MB in the database. What a burst opened goes soon after it; one stays for the next request.
    min: 1,
    idleTimeoutMillis: 10_000,
    options: `-c role=foyer_app -c statement_timeout=${statementTimeoutMs} -c lock_timeout=${lockTimeoutMs} -c idle_in_transaction_session_timeout=15000`,
  })
  let closed = false
  pool.on('error', (error) => {
    if (!closed) options.onIdleError(error)
  })

  // A connection that breaks in use fails what it is used for. The pool listens only while nobody uses it, and news that
  // nobody hears would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))

  function meaningOf(error: unknown): Error {
    options.onError?.(error)
    return fromDatabase(error)
  }

  async function connection(): Promise<pg.PoolClient> {
    try {
      return await pool.connect()
    } catch (error) {
      throw meaningOf(error)
    }
  }

  return {
    async run<Row extends object>(statement: Statement): Promise<Row[]> {
      try {
        const result = await pool.query<Row>(toQuery(statement))
        return result.rows
      } catch (error) {
        throw meaningOf(error)
      }
    },

    async read<Row extends object>(organizationId: string, statement: Statement): Promise<Row[]> {
      const client = await connection()
      let broken = false
      try {
        const [, , result] = await settle([
          client.query('BEGIN'),
          client.query(setOrganization(organizationId)),
          client.query<Row>(toQuery(statement)),
          client.query('COMMIT'),
        ])
        return (result as pg.QueryResult<Row>).rows
      } catch (error) {
        broken = isBroken(client)
        throw meaningOf(error)
      } finally {
        client.release(broken)
      }
    },

    async within<T>(organizationId: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
      const client = await connection()
      let broken = false
      try {
        await settle([client.query('BEGIN'), client.query(setOrganization(organizationId))])
        const result = await work({
          organizationId,
          async query<Row extends object>(statement: Statement): Promise<Row[]> {
            return (await client.query<Row>(toQuery(statement))).rows
          },
        })
        const committed = await client.query('COMMIT')
        // A COMMIT after a statement that failed answers ROLLBACK: work that swallowed the error must not pass for done.
        if (committed.command !== 'COMMIT')
          throw new Error('The transaction was rolled back by an earlier error.')
        return result
      } catch (error) {
        try {
          await client.query('ROLLBACK')
        } catch {
          broken = true
        }
        throw meaningOf(error)
      } finally {
        client.release(broken)
      }
    },

    close() {
      closed = true
      return pool.end()
    },
  }
}

/** The one place that says for whom a transaction works. Transaction-local: nothing is left on the connection. */
function setOrganization(organizationId: string): pg.QueryConfig {
  return {
    name: 'set_organization',
    text: `select set_config('foyer.organization', $1, true)`,
    values: [organizationId],
  }
}

function toQuery(statement: Statement): pg.QueryConfig {
  return {
    text: statement.text,
    ...(statement.name ? { name: statement.name } : {}),
    ...(statement.values ? { values: [...statement.values] } : {}),
  }
}

/** Waits for all of a flush, so that nothing is still under way on the connection when the first error is thrown. */
async function settle(queries: Promise<unknown>[]): Promise<unknown[]> {
  const results = await Promise.allSettled(queries)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value)
}

/** Whether the connection is still inside a transaction or dead, and must not go back to the pool. */
function isBroken(client: pg.PoolClient): boolean {
  return client.getTransactionStatus() !== 'I'
}
