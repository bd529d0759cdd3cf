import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { ensureBuilt } from '../../build.ts'
import { hashPassword } from '../../server/src/platform/crypto.ts'
import { urlOf } from '../../server/src/platform/postgres/address.ts'
import { type ScratchPostgres, startScratchPostgres } from '../../server/src/platform/postgres/scratch.ts'
import { createServerNode, type ServerNode } from './server-node.ts'

export type Login = { id: string; email: string; password: string }

/** The product with its database, set up and ready to be used and hurt. */
export type Stage = {
  readonly nodes: readonly ServerNode[]
  /** The database's own process; null where the product runs its database itself. */
  readonly postgres: { pid(): number } | null
  /** Connection string of the owner, past every proxy. */
  readonly databaseUrl: string
  readonly organizationId: string
  readonly widgetKey: string
  readonly owner: Login
  /** Asks the database as its owner, who sees everything; waits for a database that is away. */
  sql<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>
  addOperator(name: string): Promise<Login>
  close(): Promise<void>
}

export type StageOptions = {
  /** `embedded`: one process that runs its own database. `beside`: processes and a database that stands beside them. */
  database: 'embedded' | 'beside'
  nodes: number
  /** Puts something between the processes and the database. */
  throughProxy?: (url: string) => Promise<{ url: string; close(): Promise<void> }>
  env?: Record<string, string>
}

const password = 'correct horse battery'

export async function startStage(options: StageOptions): Promise<Stage> {
  await ensureBuilt(() => undefined)
  await using acquired = new AsyncDisposableStack()
  const env: Record<string, string> = {
    HOST: '127.0.0.1',
    OWNER_EMAIL: 'owner@example.com',
    OWNER_PASSWORD: password,
    ...options.env,
  }
  let scratch: ScratchPostgres | null = null
  let databaseUrl: string | null = null
  // Short, so that a database's socket fits into it.
  const dataDir = await mkdtemp('/tmp/foyer-bench-')
  acquired.defer(() => rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }))
  env.DATA_DIR = dataDir
  if (options.database === 'beside') {
    // Tests of the server may have asked for databases that forget; here nothing may be lost.
    delete process.env.FOYER_TEST_FSYNC
    scratch = acquired.use(await startScratchPostgres())
    databaseUrl = scratch.url
    const proxy = await options.throughProxy?.(databaseUrl)
    if (proxy) acquired.defer(proxy.close)
    env.DATABASE_URL = proxy?.url ?? databaseUrl
  }

  const nodes: ServerNode[] = []
  for (let index = 0; index < options.nodes; index++) {
    const node = await createServerNode(env)
    nodes.push(node)
    acquired.defer(() => node.stop())
    await node.start()
  }
  const url = databaseUrl ?? (await embeddedUrl(dataDir))
  const pool = new pg.Pool({ connectionString: url, max: 4, connectionTimeoutMillis: 5_000 })
  pool.on('error', () => undefined)
  acquired.defer(() => pool.end())

  async function sql<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    for (let attempt = 0; ; attempt++) {
      try {
        return (await pool.query<Row>(text, [...values])).rows
      } catch (error) {
        const { code } = error as { code?: string }
        const isAway = code === undefined || /^(08|53|57P0|E)/.test(code)
        if (!isAway || attempt >= 60) throw error
        await sleep(250)
      }
    }
  }

  const owner = await waitForOwner(sql)
  const held = acquired.move()
  return {
    nodes,
    postgres: scratch && { pid: () => scratch.pid },
    databaseUrl: url,
    organizationId: owner.organization_id,
    widgetKey: owner.key,
    owner: { id: owner.id, email: 'owner@example.com', password },
    sql,
    async addOperator(name) {
      const id = randomUUID()
      const email = `${id}@example.com`
      await sql(
        `insert into operators (organization_id, id, email, name, password_hash, role)
         values ($1, $2, $3, $4, $5, 'operator')`,
        [owner.organization_id, id, email, name, await hashPassword(password)],
      )
      return { id, email, password }
    },
    close: () => held.disposeAsync(),
  }
}

/** Set-up without a hand goes on for a moment after the process is ready. */
async function waitForOwner(
  sql: Stage['sql'],
): Promise<{ organization_id: string; id: string; key: string }> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const [row] = await sql<{ organization_id: string; id: string; key: string }>(
      `select o.organization_id, o.id, w.key from operators o
       join widgets w on w.organization_id = o.organization_id where o.role = 'owner'`,
    )
    if (row) return row
    await sleep(50)
  }
  throw new Error('The installation was not set up.')
}

async function embeddedUrl(dataDir: string): Promise<string> {
  const passwords = JSON.parse(await readFile(join(dataDir, 'postgres', 'password'), 'utf8')) as {
    foyer_owner: string
  }
  return urlOf(
    { kind: 'socket', folder: join(dataDir, 'postgres', 'data') },
    { role: 'foyer_owner', password: passwords.foyer_owner, database: 'foyer' },
  )
}
