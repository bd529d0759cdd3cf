import { readFile } from 'node:fs/promises'
import { flushCompileCache } from 'node:module'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { App } from './app.ts'
import { type Config, ConfigError, readConfig } from './platform/config.ts'
import { openLogin } from './platform/db/login.ts'
import { DatabaseRefused, migrate } from './platform/db/migrate.ts'
import { createLog, type Log } from './platform/log.ts'
import { type EmbeddedPostgres, PostgresError, startPostgres } from './platform/postgres/start.ts'
import type { Running } from './roles.ts'

/** A stop that takes longer than this is cut short. */
const stopMs = 30_000
const poolSize = 10

/** Reads the settings, starts what is needed, says where to go, and stops in order when told to. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLog({ level: config.logLevel })
  // From the first moment: a database of ours must not be left behind by who changes their mind while it starts.
  const told = firstSignal()
  const parts = measureParts()
  let postgres: EmbeddedPostgres | null = null
  // Before a database is made and the pages are built, which takes its time.
  await refuseTakenPort(config)
  try {
    const loading = Promise.withResolvers<Product>()
    // Nobody may be waiting for it yet when it fails.
    loading.promise.catch(() => undefined)
    const load = () => loadProduct().then(loading.resolve, loading.reject)
    if (config.databaseUrl) void load()
    // While the database comes up, for which this process only waits.
    else postgres = await startPostgresFor(config, log, load)
    parts.end('database')
    const databaseUrl = config.databaseUrl ?? (postgres as EmbeddedPostgres).url
    const applied = await migrate(databaseUrl, { allowUnsafe: config.allowUnsafeDatabase })
    if (applied.length > 0)
      say(`Database brought up to date (${applied.length === 1 ? '1 step' : `${applied.length} steps`}).`)
    parts.end('migrations')
    if (config.roles.has('http')) await buildPages()
    parts.end('pages')
    const login = await openLogin(databaseUrl)
    if (!login.own) log.debug('The login of its own was refused.', { error: login.reason })
    parts.end('login')
    const { createApp, startRoles } = await loading.promise
    parts.end('product')
    const app = await createApp({
      config,
      databaseUrl: login.url,
      worksAsOwner: !login.own,
      log,
      build: await buildName(),
      poolSize,
    })
    // Before anybody is answered: who is told that it is ready may log in.
    const token = await app.setupToken().catch(async (error: unknown) => {
      // Where the first owner cannot be made nothing must ask a database that is going away.
      await app.close()
      throw error
    })
    parts.end('opened')
    const running = await startRoles(app)
    parts.end('listening')
    log.debug('Started.', { parts: parts.said() })
    tellWhereToGo(app, running, token)
    // Now and not when the process ends, which may be by a kill.
    flushCompileCache()
    await stopWhen(told, log, async () => {
      await running.stop()
      await postgres?.stop()
    })
  } catch (error) {
    await postgres?.stop()
    throw error
  }
}

type Product = Pick<typeof import('./app.ts'), 'createApp'> & Pick<typeof import('./roles.ts'), 'startRoles'>

async function loadProduct(): Promise<Product> {
  const [{ createApp }, { startRoles }] = await Promise.all([import('./app.ts'), import('./roles.ts')])
  return { createApp, startRoles }
}

/** What a start consists of, and the milliseconds each part took, the first one since the process began. */
function measureParts() {
  const parts: string[] = []
  let last = 0
  const end = (name: string) => {
    const now = performance.now()
    parts.push(`${name} ${Math.round(now - last)}`)
    last = now
  }
  end('imports')
  return { end, said: () => parts.join(', ') }
}

async function startPostgresFor(config: Config, log: Log, onLaunched: () => void): Promise<EmbeddedPostgres> {
  const dataDir = resolve(config.dataDir)
  say(`Starting PostgreSQL on ${dataDir.replace(homedir(), '~')} …`)
  return startPostgres({
    dataDir,
    onLaunched,
    log: (line, extra) => {
      const { severity } = (extra ?? {}) as { severity?: string }
      // What it says while it ends, and of logins that were refused, is FATAL too, and concerns whoever looks closely.
      const isGrave = severity === 'PANIC' || severity === 'ERROR'
      log[isGrave ? 'error' : 'debug'](line, { module: 'postgres', ...extra })
    },
  })
}

/** @throws Error EADDRINUSE, as listening there later would */
async function refuseTakenPort({ host, port }: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen({ host, port }, resolve)
  })
  await new Promise((resolve) => probe.close(resolve))
}

/** The pages are built from source where a release did not bring them. */
async function buildPages(): Promise<void> {
  const { ensureBuilt } = await import('../../build.ts')
  await ensureBuilt(say)
}

async function buildName(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}

function tellWhereToGo(app: App, running: Running, token: string | null): void {
  const { config } = app
  const origin = config.publicUrl ?? `http://localhost:${running.port}`
  if (!config.roles.has('http'))
    return say(`Running as ${[...config.roles].join(', ')} on port ${running.port}.`)
  say('')
  if (token) say(`Set up here, once:   ${origin}/setup#${token}`)
  say(`Message Center:      ${origin}/`)
  say(`Sample shop:         ${origin}/demo`)
  say(`API documentation:   ${origin}/api/docs`)
  // With a proxy before us, what it is to be pointed at.
  say(`Listening on:        ${config.host}:${running.port}`)
  say('')
  say('Ctrl-C stops it.')
}

function firstSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name))
  })
}

/** Stops in order once told to; a second signal, or a stop that hangs, ends the process at once. What was acknowledged is safe. */
async function stopWhen(told: Promise<string>, log: Log, stop: () => Promise<void>): Promise<void> {
  const signal = await told
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(1))
  setTimeout(() => {
    log.fatal('Stopping took too long and was cut short.')
    process.exit(1)
  }, stopMs).unref()
  say('Stopping …')
  log.debug('Stopping.', { signal })
  await stop()
  say('Stopped.')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

// After an error nobody expected the process's state is not known: it must not go on serving.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error) => {
    createLog({ level: 'fatal' }).fatal('The process ends after an unexpected error.', { error })
    process.exit(1)
  })
}

try {
  await main()
  process.exit(0)
} catch (error) {
  const isExplained =
    error instanceof ConfigError ||
    error instanceof DatabaseRefused ||
    error instanceof PostgresError ||
    isPortTaken(error)
  if (!isExplained) throw error
  process.stderr.write(`\n${isPortTaken(error) ? portTaken(error) : (error as Error).message}\n`)
  process.exit(1)
}

type ListenError = Error & { code?: string; port?: number }

function isPortTaken(error: unknown): error is ListenError {
  return (error as ListenError).code === 'EADDRINUSE'
}

function portTaken(error: ListenError): string {
  return `Port ${error.port} is used by another program. Stop that one, or choose another port: PORT=4001 npm start`
}
