import type { IncomingMessage } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Bus } from './platform/bus/bus.ts'
import { openPostgresBus } from './platform/bus/postgres.ts'
import { type Changes, createChanges } from './platform/changes.ts'
import type { Config } from './platform/config.ts'
import { type Database, openDatabase } from './platform/db/database.ts'
import { probeWrite } from './platform/db/probe.ts'
import { clientAddress } from './platform/http/address.ts'
import type { Identify } from './platform/http/answer.ts'
import type { BoundRoute } from './platform/http/bind.ts'
import { isOwn } from './platform/http/cross-site.ts'
import { createRateLimits, type RateLimits, type Rules } from './platform/http/limits.ts'
import type { Pages, StaticMount } from './platform/http/statics.ts'
import type { Chore } from './platform/jobs/chores.ts'
import type { JobHandler } from './platform/jobs/worker.ts'
import type { Log } from './platform/log.ts'
import { createNotices } from './platform/notices/notices.ts'
import { worksAsOwner } from './platform/notices/owner.ts'
import { watchForProxy } from './platform/notices/proxy.ts'
import { createWrites } from './platform/notices/writes.ts'
import { createPictures } from './platform/pictures.ts'
import { holdLease } from './platform/processes.ts'
import { createAnnounce, createTell, type Hears } from './platform/reactions.ts'
import type { Opened, Sockets } from './platform/slice.ts'
import { openStorage } from './platform/storage/open.ts'
import { slices } from './slices.ts'

/** Everything a role needs of the product, put together once per process. */
export type App = {
  readonly config: Config
  readonly log: Log
  readonly database: Database
  readonly bus: Bus
  readonly changes: Pick<Changes, 'onAny'>
  readonly processId: string
  readonly routes: readonly BoundRoute[]
  readonly identify: Identify
  readonly rateLimits: RateLimits
  readonly statics: readonly StaticMount[]
  readonly pages: Pages
  readonly openapiFile: string
  readonly checkAnswers: boolean
  readonly jobHandlers: Readonly<Record<string, JobHandler>>
  readonly chores: readonly Chore[]
  isReady(): Promise<{ ready: boolean; reason?: string }>
  /** Sees what stands before us. */
  onRequest(request: IncomingMessage): void
  isOriginAllowed(origin: string | undefined, request: IncomingMessage): boolean
  ipOf(request: IncomingMessage): string
  /** Begins to carry news to sockets. */
  openSockets(): Sockets
  /** What a first start prints: the one-time link's token, or null when the installation is set up. */
  setupToken(): Promise<string | null>
  sweep(): Promise<void>
  /** Gives the lease back and closes what is open. */
  close(): Promise<void>
}

export type AppOptions = {
  config: Config
  /** The login under which the app works, as `foyer_app`. */
  databaseUrl: string
  /** The login is the owner's, because there is no other. */
  worksAsOwner?: boolean
  log: Log
  build: string
  /** Connections to the database at most. */
  poolSize: number
  rules?: Partial<Rules>
  checkAnswers?: boolean
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Puts the product together: opens what the platform gives, and hands it to one slice after the other. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, log } = options
  const notices = createNotices(log.of('notices'))
  if (options.worksAsOwner) notices.say(worksAsOwner)
  const writes = createWrites({ notices, probe: () => probeWrite(database) })
  const database = openDatabase({
    url: options.databaseUrl,
    size: options.poolSize,
    onError: writes.failed,
    onIdleError: (error) => log.warn('A database connection broke.', { error }),
  })
  const { epoch, secret } = await readInstallation(database)
  const bus = await openPostgresBus({ url: options.databaseUrl, log: log.of('bus') })
  const rateLimits = createRateLimits({ database, secret, rules: options.rules ?? {} })
  const opened: Opened<object>[] = []
  const hears: Hears[] = []
  const lease = await holdLease({
    database,
    roles: [...config.roles],
    log: log.of('lease'),
    watch: writes.watch,
    async onGone(left) {
      await Promise.all(opened.map((slice) => slice.onGone?.(left)))
    },
  })
  const changes = createChanges(bus)
  const ports = {
    database,
    bus,
    changes,
    config,
    log,
    rateLimits,
    notices,
    storage: openStorage(config),
    pictures: createPictures(),
    announce: createAnnounce(slices.all.map(({ reactions }) => reactions)),
    tell: createTell(hears),
    wakeWorkers: () => bus.publish('jobs', {}),
    secret,
    epoch,
    processId: lease.id,
    build: options.build,
  }
  slices.open(ports, (slice) => {
    opened.push(slice)
    if (slice.hears) hears.push(slice.hears)
  })

  return {
    config,
    log,
    database,
    bus,
    changes,
    rateLimits,
    processId: lease.id,
    checkAnswers: options.checkAnswers ?? false,
    openapiFile: `${root}contract/openapi.json`,
    routes: opened.flatMap(({ routes }) => routes ?? []),
    // Which callers there are is known where slices are; a route whose caller nobody proves answers nothing.
    identify: merged(opened.map(({ callers }) => callers)) as Identify,
    statics: [
      { prefix: '/', directory: `${root}web/dist`, kind: 'app', fallback: 'index.html' },
      { prefix: '/messenger', directory: `${root}messenger/dist`, kind: 'messenger' },
      { prefix: '/m', directory: `${root}messenger/dist`, kind: 'link' },
      { prefix: '/messenger.js', directory: `${root}messenger/dist`, kind: 'loader' },
      { prefix: '/demo', directory: `${root}messenger/demo`, kind: 'demo' },
    ],
    pages: theOne(opened, 'pages'),
    jobHandlers: merged(opened.map(({ jobs }) => jobs)),
    chores: opened.flatMap(({ chores }) => chores ?? []),
    async isReady() {
      const trouble = writes.trouble()
      if (trouble) return { ready: false, reason: trouble }
      await database.run({ name: 'ready', text: 'select 1 as one' })
      return { ready: true }
    },
    onRequest: watchForProxy(notices, config),
    isOriginAllowed: (origin, request) =>
      // Without an origin it is no browser, and no cookie counts here anyway: the hello carries the proof.
      origin === undefined
        ? request.headers.cookie === undefined
        : isOwn(origin, request.headers.host ?? '', config.publicUrl),
    ipOf: (request) => clientAddress(request, config.trustProxy),
    openSockets: theOne(opened, 'openSockets'),
    setupToken: theOne(opened, 'setUp'),
    async sweep() {
      for (const statement of opened.flatMap(({ sweeps }) => sweeps ?? [])) await database.run(statement)
      await rateLimits.sweep()
    },
    async close() {
      writes.stop()
      await lease
        .release()
        .catch((error: unknown) => log.warn('The lease could not be given back; it will lapse.', { error }))
      await bus.close()
      await database.close()
    },
  }
}

/** What the slices bring of a kind that is asked for by name. */
function merged<Value>(
  parts: readonly (Readonly<Record<string, Value>> | undefined)[],
): Readonly<Record<string, Value>> {
  return Object.assign({}, ...parts)
}

/** What one slice brings, and no other. */
function theOne<Part extends 'pages' | 'openSockets' | 'setUp'>(
  opened: readonly Opened<object>[],
  part: Part,
): NonNullable<Opened<object>[Part]> {
  const [found, ...more] = opened.flatMap((slice) => slice[part] ?? [])
  if (!found || more.length > 0) throw new Error(`One slice brings "${part}", no more and no fewer.`)
  return found as NonNullable<Opened<object>[Part]>
}

async function readInstallation(database: Database): Promise<{ epoch: string; secret: Buffer }> {
  const [row] = await database.run<{ epoch: string; secret: Buffer }>({
    text: 'select epoch, secret from installation',
  })
  if (!row) throw new Error('The table "installation" is empty; the database is not one of Foyer.')
  return row
}
