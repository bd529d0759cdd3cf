import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Bus } from './platform/bus/bus.ts'
import { openPostgresBus } from './platform/bus/postgres.ts'
import type { Config } from './platform/config.ts'
import { hashPassword, randomToken } from './platform/crypto.ts'
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
import { createSquarePicture } from './platform/pictures.ts'
import { holdLease, leaseSeconds } from './platform/processes.ts'
import { createAnnounce } from './platform/reactions.ts'
import { openMailSender } from './platform/smtp.ts'
import type { Connection, ConnectionHandler } from './platform/socket/server.ts'
import { noteFailedLogIn } from './slices/accounts/actions.ts'
import { accountRoutes } from './slices/accounts/routes.ts'
import { noteOfContact, type OfContact, tellBlock } from './slices/blocks/actions.ts'
import { blockRoutes } from './slices/blocks/routes.ts'
import { createContactAccess } from './slices/contacts/access.ts'
import { type ContactRoutesContext, contactRoutes } from './slices/contacts/routes.ts'
import { createHeadMemory } from './slices/conversations/access.ts'
import { fillSlots } from './slices/conversations/actions.ts'
import { conversationChores, settleGone } from './slices/conversations/jobs.ts'
import { conversationRoutes, messengerRoutes } from './slices/conversations/routes.ts'
import type { DraftContext } from './slices/drafts/actions.ts'
import { draftRoutes } from './slices/drafts/routes.ts'
import { installationRoutes } from './slices/installation/routes.ts'
import type { Subject } from './slices/live/actions.ts'
import { conversationNotice, createHub } from './slices/live/hub.ts'
import { republish } from './slices/live/jobs.ts'
import { serveConnection } from './slices/live/socket.ts'
import { type MailContext, sendLink } from './slices/mail/actions.ts'
import { mailChores, mailJobs } from './slices/mail/jobs.ts'
import { mailRoutes } from './slices/mail/routes.ts'
import { noteRoutes } from './slices/notes/routes.ts'
import { concernedBy } from './slices/notifications/model.ts'
import { notificationRoutes } from './slices/notifications/routes.ts'
import { createOperatorAccess } from './slices/operators/access.ts'
import type { OperatorEvent, OperatorKey } from './slices/operators/actions.ts'
import { createBeginSession, createRenewSession, operatorRoutes } from './slices/operators/routes.ts'
import { setupToken } from './slices/organizations/access.ts'
import { setUpUnattended } from './slices/organizations/actions.ts'
import { isSetupNeeded } from './slices/organizations/reads.ts'
import { type OrganizationRoutesContext, organizationRoutes } from './slices/organizations/routes.ts'
import { roleRoutes } from './slices/roles/routes.ts'
import type { SampleContext, SampleEvent } from './slices/samples/actions.ts'
import { sampleJobs } from './slices/samples/jobs.ts'
import { sampleRoutes } from './slices/samples/routes.ts'
import { teamRoutes } from './slices/team/routes.ts'
import { allowedSites, findWidget } from './slices/widgets/access.ts'
import { createMessengerConfigs, readDemoWidget } from './slices/widgets/reads.ts'
import { widgetRoutes } from './slices/widgets/routes.ts'
import { reactions } from './slices.ts'

/** The colour of the sample shop's buttons, `--pine` in its style sheet. */
const shopColor = '#1f5a4c'

/** Everything a role needs of the product, put together once per process. */
export type App = {
  readonly config: Config
  readonly log: Log
  readonly database: Database
  readonly bus: Bus
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
  openLive(): { serve: (connection: Connection) => ConnectionHandler; close(): void }
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

/** Puts the product together. The only place that knows every part. */
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
  const heads = createHeadMemory(20_000)
  const announce = createAnnounce(reactions)
  const rateLimits = createRateLimits({ database, secret, rules: options.rules ?? {} })
  const operatorAccess = createOperatorAccess({ database })
  const contactAccess = createContactAccess({ database, secret })

  const tellPresence = (subject: Subject) =>
    bus.publish('presence', { o: subject.organizationId, kind: subject.kind, id: subject.id })
  const tellPeople = (event: OperatorEvent | SampleEvent) => {
    const { organizationId, ...rest } = event
    bus.publish('people', { o: organizationId, ...rest })
    // The switch or the number of slots may have changed.
    if (event.kind === 'operators.changed' && 'operatorId' in event)
      look({ organizationId, kind: 'operator', id: event.operatorId })
  }
  const configs = createMessengerConfigs({ database })
  bus.subscribe('widgets', (notice) => configs.forget(String(notice.o)))
  bus.onMissed(() => configs.forget(''))
  for (const topic of ['presence', 'slots'])
    bus.subscribe(topic, ({ o }) => configs.forgetAvailable(String(o)))
  bus.subscribe('contact', (notice) => {
    if (notice.blocked) heads.forgetOfContact(String(notice.k))
  })
  bus.subscribe('people', (notice) => {
    // Groups, too, are told of so, whose names widgets show.
    if (notice.kind === 'operators.changed') {
      configs.forget(String(notice.o))
      configs.forgetAvailable(String(notice.o))
    }
    if (notice.kind === 'session.ended') operatorAccess.forget(String(notice.sessionId))
    if (notice.kind === 'operators.changed') heads.forgetOf(String(notice.operatorId))
  })

  const lease = await holdLease({
    database,
    roles: [...config.roles],
    log: log.of('lease'),
    watch: writes.watch,
    async onGone(processes) {
      for (const left of processes) {
        for (const subject of left.connected) tellPresence(subject)
        const aliveAt = new Date(new Date(left.leaseUntil).getTime() - (leaseSeconds + 5) * 1000)
        await republish({ database, bus }, aliveAt)
      }
    },
  })

  const notified = (organizationId: string, operatorId: string) =>
    bus.publish('people', { o: organizationId, kind: 'notified', operatorId })

  const drafted = ({ organizationId, operatorId, version }: Parameters<DraftContext['drafted']>[0]) =>
    bus.publish('people', { o: organizationId, kind: 'drafted', operatorId, version })
  const signsChanged = (organizationId: string, operatorId: string) =>
    bus.publish('people', { o: organizationId, kind: 'signs.changed', operatorId })

  const operators = {
    database,
    access: operatorAccess,
    publish: tellPeople,
    rateLimits,
    secret,
    log: log.of('operators'),
    decoyHash: hashPassword(randomToken()),
    squarePicture: createSquarePicture(),
    logInFailed: (operator: OperatorKey) => noteFailedLogIn(accounts, operator),
  }
  const wakeWorkers = () => bus.publish('jobs', {})
  const accounts = {
    database,
    access: operatorAccess,
    publish: tellPeople,
    rateLimits,
    log: log.of('accounts'),
    wakeWorkers,
    sendsMail: config.mail !== null,
  }
  const conversations = {
    database,
    heads,
    epoch,
    secret,
    log: log.of('conversations'),
    publish: (change: Parameters<typeof conversationNotice>[0]) => {
      bus.publish('conversation', conversationNotice(change), change)
      const { operatorIds, groupId } = concernedBy(change)
      for (const id of operatorIds) notified(change.head.organization_id, id)
      if (groupId)
        bus.publish('people', { o: change.head.organization_id, kind: 'notified', operatorId: '', groupId })
      // How many slots are used is shown to all operators.
      if (change.before.live !== (change.head.live_since !== null))
        bus.publish('slots', { o: change.head.organization_id })
    },
    freed: (organizationId: string, operatorId: string) =>
      fill({ organizationId, kind: 'operator', id: operatorId }),
    sendLink: (contact: { organizationId: string; contactId: string }) =>
      sendLink({ database, wakeWorkers }, contact),
  }
  const quietly = (work: Promise<void>) =>
    void work.catch((error: unknown) =>
      log.warn('Slots could not be looked after; the worker will.', { error }),
    )
  const fill = (subject: Subject) => {
    if (subject.kind === 'operator') quietly(fillSlots(conversations, subject.organizationId, subject.id))
  }
  const settle = (subject: Subject) => quietly(settleGone(conversations, subject))
  const look = (operator: Subject) => quietly(settleGone(conversations, operator).then(() => fill(operator)))
  const beginSession = createBeginSession(operators)
  const organizations: OrganizationRoutesContext = {
    database,
    announce,
    secret,
    beginSession(owner, http) {
      // Set-up may have left a job behind, which need not wait for the workers' next look.
      wakeWorkers()
      return beginSession(owner, http)
    },
  }
  const samples: SampleContext = {
    database,
    heads,
    publish: tellPeople,
    publishHead: (head, before) =>
      bus.publish(
        'conversation',
        conversationNotice({ head, before: { ...before, live: false }, entries: [], isPublic: true }),
      ),
    wakeWorkers,
  }
  const mail: MailContext = {
    database,
    log: log.of('mail'),
    outgoing: config.mail && {
      sender: openMailSender(config.mail.server),
      server: config.mail.server.host,
      from: config.mail.from,
    },
    origin: config.publicUrl ?? `http://localhost:${config.port}`,
    wakeWorkers,
    parted: (organizationId, contactId, identityIds) =>
      bus.publish('contact', { o: organizationId, k: contactId, gone: identityIds.slice(0, 100).join(' ') }),
    noteOfContact: (contact, note) => contactNoted(contact, note),
  }
  const contactNoted = async (contact: OfContact, note: Parameters<typeof noteOfContact>[2]) => {
    await noteOfContact(conversations, contact, note)
    await tellBlock({ database, blocked }, contact)
  }
  const blocked = (organizationId: string, contactId: string, until: string | null) =>
    bus.publish('contact', { o: organizationId, k: contactId, gone: '', blocked: true, until })
  const addressLeft: ContactRoutesContext['addressLeft'] = (contact, address) =>
    contactNoted(contact, {
      key: `address/${contact.contactId}/${randomUUID()}`,
      by: null,
      body: { v: 1, event: 'address_left', address },
    })

  return {
    config,
    log,
    database,
    bus,
    rateLimits,
    processId: lease.id,
    checkAnswers: options.checkAnswers ?? false,
    openapiFile: `${root}contract/openapi.json`,
    routes: [
      ...organizationRoutes(organizations),
      ...operatorRoutes(operators),
      ...roleRoutes(operators),
      ...installationRoutes({ notices }),
      ...teamRoutes({ ...operators, beginSession, wakeWorkers }),
      ...accountRoutes({ ...accounts, beginSession, renewSession: createRenewSession(operators) }),
      ...contactRoutes({ database, addressLeft }),
      ...widgetRoutes({
        database,
        configs,
        changed: (organizationId) => bus.publish('widgets', { o: organizationId }),
      }),
      ...conversationRoutes(conversations),
      ...messengerRoutes(conversations),
      ...noteRoutes(conversations),
      ...draftRoutes({ database, heads, drafted }),
      ...blockRoutes({ ...conversations, blocked }),
      ...notificationRoutes({ database, notified, signsChanged }),
      ...mailRoutes(mail),
      ...sampleRoutes(samples),
    ],
    identify: { operator: operatorAccess.identify, contact: contactAccess.identify },
    statics: [
      { prefix: '/', directory: `${root}web/dist`, kind: 'app', fallback: 'index.html' },
      { prefix: '/messenger', directory: `${root}messenger/dist`, kind: 'messenger' },
      { prefix: '/m', directory: `${root}messenger/dist`, kind: 'link' },
      { prefix: '/messenger.js', directory: `${root}messenger/dist`, kind: 'loader' },
      { prefix: '/demo', directory: `${root}messenger/demo`, kind: 'demo' },
    ],
    pages: {
      frameAncestors: (widgetKey) => allowedSites({ database }, widgetKey),
      async demo({ ownOrigin }) {
        const { key, color } = await readDemoWidget({ database })
        const origin = config.messengerUrl ?? config.publicUrl ?? ownOrigin
        return { widgetKey: key ?? '', color: color ?? shopColor, origin }
      },
    },
    jobHandlers: { ...sampleJobs(samples), ...mailJobs(mail) },
    chores: [...conversationChores(conversations), ...mailChores(mail)],
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
    openLive() {
      const hub = createHub({ database, bus, heads, epoch, log: log.of('live') })
      const presence = { database, processId: lease.id, publish: tellPresence, came: fill, left: settle }
      const context = {
        hub,
        presence,
        build: options.build,
        operatorByTicket: operatorAccess.byTicket,
        organizationOfWidget: async (key: string) =>
          (await findWidget({ database }, key))?.organization_id ?? null,
        contactByToken: async (token: string) => (await contactAccess.byToken(token))?.known ?? null,
      }
      return { serve: (connection) => serveConnection(context, connection), close: hub.close }
    },
    async setupToken() {
      if (config.owner) await setUpUnattended({ database, announce }, config.owner)
      return (await isSetupNeeded({ database })) ? setupToken(secret) : null
    },
    async sweep() {
      await database.run({ text: 'select sweep_sessions()' })
      await database.run({ text: 'select sweep_mail_links()' })
      await database.run({ text: 'select sweep_account_links()' })
      await database.run({ text: 'select sweep_addresses()' })
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

async function readInstallation(database: Database): Promise<{ epoch: string; secret: Buffer }> {
  const [row] = await database.run<{ epoch: string; secret: Buffer }>({
    text: 'select epoch, secret from installation',
  })
  if (!row) throw new Error('The table "installation" is empty; the database is not one of Foyer.')
  return row
}
