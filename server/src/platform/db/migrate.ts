import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'

const directory = new URL('../../../migrations/', import.meta.url)
/** Any two processes that migrate take turns by this lock. */
const lockKey = 7_310_423

/** A database that cannot be used as it is; the text says what to do. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused'
}

/**
 * Brings the database to the level of this build, as its owner. Forward only, each file in its own transaction, safe to be
 * interrupted and to be run by several processes at once. Answers the names of the files applied.
 *
 * @throws DatabaseRefused when the database is newer than this build, too old, or grants too little.
 */
export async function migrate(url: string, options: { allowUnsafe: boolean }): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await refuseUnfit(client, options)
    const files = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
    // Nothing that was applied is ever taken back, so that one look without the lock is enough for most starts.
    const before = await appliedTo(client)
    if (before.size === files.length && files.every((name) => before.has(name))) return []
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await client.query(`create table if not exists migrations (
      name text primary key, applied_at timestamptz not null default clock_timestamp())`)
    const done = await appliedTo(client)
    const unknown = [...done].filter((name) => !files.includes(name))
    if (unknown.length > 0) {
      throw new DatabaseRefused(
        `This database was used by a newer Foyer (it has ${unknown.join(', ')}). Start that version or a later one.`,
      )
    }
    const applied: string[] = []
    for (const name of files.filter((file) => !done.has(file))) {
      const sql = await readFile(new URL(name, directory), 'utf8')
      await client.query('begin')
      try {
        await client.query(sql)
        await client.query('insert into migrations (name) values ($1)', [name])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw asRefusal(error, name)
      }
      applied.push(name)
    }
    return applied
  } finally {
    await client.end()
  }
}

/** The names of the files applied so far; none where no list of them is kept yet. */
async function appliedTo(client: pg.Client): Promise<Set<string>> {
  const { rows: known } = await client.query<{ kept: boolean }>(
    `select to_regclass('migrations') is not null as kept`,
  )
  if (!known[0]?.kept) return new Set()
  const { rows } = await client.query<{ name: string }>('select name from migrations')
  return new Set(rows.map((row) => row.name))
}

async function refuseUnfit(client: pg.Client, options: { allowUnsafe: boolean }): Promise<void> {
  const { rows } = await client.query<{ version: number; setting: string; value: string }>(
    `select current_setting('server_version_num')::int as version, name as setting, setting as value from pg_settings
     where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'server_encoding')`,
  )
  const version = rows[0]?.version ?? 0
  if (version < 150_000) {
    throw new DatabaseRefused(
      `PostgreSQL 15 or newer is needed; DATABASE_URL leads to version ${Math.floor(version / 10_000)}.`,
    )
  }
  for (const { setting, value } of rows) {
    if (setting === 'server_encoding' && value !== 'UTF8') {
      throw new DatabaseRefused(
        `The database of DATABASE_URL is encoded in ${value}. Create one with encoding UTF8.`,
      )
    }
    if (setting !== 'server_encoding' && value === 'off' && !options.allowUnsafe) {
      throw new DatabaseRefused(
        `The database of DATABASE_URL has ${setting}=off and would forget acknowledged messages in a crash. ` +
          `Turn it on, or set ALLOW_UNSAFE_DATABASE=1 for data you can lose.`,
      )
    }
  }
}

function asRefusal(error: unknown, name: string): unknown {
  const { code, message } = error as { code?: string; message: string }
  if (code !== '42501') return error
  return new DatabaseRefused(
    `The role of DATABASE_URL may not do what ${name} needs (${message}). ` +
      `Let it own the database and give it CREATEROLE: ALTER ROLE … CREATEROLE; ALTER DATABASE … OWNER TO …`,
  )
}
