import { access } from 'node:fs/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { startOwnPostgres } from '../../testing/own-postgres.ts'
import { startScratchPostgres } from './scratch.ts'

test.each([
  ['the PostgreSQL we bring', startScratchPostgres, 18],
  ['one’s own PostgreSQL', startOwnPostgres, 15],
])(
  'a scratch database on %s takes databases of tests and leaves nothing',
  { timeout: 60_000 },
  async (_, start, major) => {
    const scratch = await start()
    if (!scratch) return // Debian's packages are not installed; .ci/run installs them
    const client = new pg.Client(scratch.url)
    await client.connect()
    await client.query('CREATE DATABASE one_test')
    const { rows } = await client.query(
      `SELECT current_setting('server_version_num')::int / 10000 AS major, rolsuper, rolcreaterole
     FROM pg_roles WHERE rolname = current_user`,
    )
    await client.end()
    await scratch.stop()

    expect(rows).toEqual([{ major, rolsuper: false, rolcreaterole: true }])
    await expect(access(scratch.dataDir)).rejects.toThrow('ENOENT')
  },
)
