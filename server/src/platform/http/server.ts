import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify'
import { Failure } from '../failure.ts'
import type { Log } from '../log.ts'
import { clientAddress, trustProxies } from './address.ts'
import { type AnswerOptions, answer, type Identify } from './answer.ts'
import type { BoundRoute } from './bind.ts'
import { limitConnections } from './connections.ts'
import { addDocs } from './docs.ts'
import { createDrain, type Drain } from './drain.ts'
import { errorBody, toFailure } from './errors.ts'
import { securityHeaders } from './headers.ts'
import { addHealth, type Readiness } from './health.ts'
import { hasTwoHosts } from './host.ts'
import { invalid, parseJson } from './json.ts'
import type { RateLimits } from './limits.ts'
import { createStatics, type Pages, type StaticMount } from './statics.ts'
import { type InTurn, limitUnread, whenDone } from './unread.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    isStreamed?: boolean
  }
}

export type HttpOptions = {
  routes: readonly BoundRoute[]
  identify: Identify
  isReady: () => Promise<Readiness>
  /** The origin under which people reach us; `null`: each request's own. */
  publicUrl: string | null
  /** An origin that serves files and nothing else; null: there is none. */
  filesOrigin: string | null
  /** How many proxies before us are believed; 0: none, and what proxies say is ignored. */
  trustProxy: number
  /** Cookies only over TLS; they are too where a trusted proxy says so. */
  secureCookies: boolean
  log: Log
  /** Sees every request before anything is done about it. */
  onRequest?: (request: IncomingMessage) => void
  statics: readonly StaticMount[]
  pages: Pages
  rateLimits: RateLimits
  /** Where the generated description of the API lies. */
  openapiFile: string
  /** Where live sockets are opened; every other upgrade is answered as if it had not been asked for. */
  socketPath: string | null
  /** Milliseconds; for tests. */
  patience?: Partial<typeof patience>
  /** Holds every answer against the contract, so that no field leaks; for tests. */
  checkAnswers?: boolean
}

export type Http = {
  listen(at: { host: string; port: number }): Promise<{ port: number }>
  readonly server: Server
  /** Not ready from now on, no new connections; resolves when all requests under way are answered. */
  drain(): Promise<void>
  close(): Promise<void>
}

/** Bodies of routes that say nothing else, in bytes. */
const usualBodyBytes = 16 * 1024
/** More values than any body of so many bytes has that the contract takes. */
const valuesWithin = (bodyBytes: number) => Math.max(2_500, bodyBytes / 40)
/** Below this lies what an origin of its own for files serves. */
const filesPath = '/api/v1/files/'
/** Milliseconds. */
const patience = {
  /** How long a request's head, and the whole of it, may take to arrive. */
  head: 20_000,
  request: 60_000,
  /** How late either may be noticed. */
  noticed: 2_000,
  /** A connection on which nothing moves for so long, while something should, is cut: nobody reads what it is answered. */
  still: 30_000,
}

/** Serves the contract's routes, health, documentation and built files over HTTP. */
export async function createHttp(options: HttpOptions): Promise<Http> {
  const waits = { ...patience, ...options.patience }
  const app: FastifyInstance = Fastify({
    logger: false,
    trustProxy: options.trustProxy > 0 ? trustProxies(options.trustProxy) : false,
    bodyLimit: usualBodyBytes,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    requestTimeout: waits.request,
    connectionTimeout: waits.still,
    keepAliveTimeout: 65_000,
    http: {
      headersTimeout: waits.head,
      requestTimeout: waits.request,
      connectionsCheckingInterval: waits.noticed,
      shouldUpgradeCallback: (request) => app.server.listenerCount('upgrade') > 0 && isForSockets(request),
    },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (error, request, reply) =>
      sendFailure(error, request as FastifyRequest, reply as FastifyReply),
  })
  const log = options.log.of('http')
  const isPublicHttps = options.publicUrl?.startsWith('https:') ?? false
  const isHttps = (request: FastifyRequest) => isPublicHttps || request.protocol === 'https'
  const ipOf = (request: IncomingMessage) => clientAddress(request, options.trustProxy)
  const filesHost = options.filesOrigin && new URL(options.filesOrigin).host
  const drain = createDrain(app.server)
  let closed = false
  limitConnections(app.server, options)

  function isForSockets(request: IncomingMessage): boolean {
    const { url = '', method, headers } = request
    const isOurs = options.socketPath !== null && url.split('?', 1)[0] === options.socketPath
    return isOurs && method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket'
  }

  function sendFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const failure = isCutOff(request.raw) ? new Failure('request.invalid') : toFailure(error)
    const route = request.routeOptions?.url ?? ''
    const facts = { requestId: request.id, method: request.method, route, code: failure.code }
    if (failure.code === 'server.fault')
      log.error('A request failed on our side.', { ...facts, error: failure.cause })
    else log.debug('A request was refused.', facts)
    if (failure.retryAfter !== null) reply.header('retry-after', Math.ceil(failure.retryAfter))
    else if (failure.status === 503) reply.header('retry-after', 1)
    reply
      .code(failure.status)
      .headers(securityHeaders('api', { isHttps: isHttps(request), host: '' }))
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(errorBody(failure, request.id)))
  }

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, parseJson(body as Buffer, valuesWithin(request.routeOptions.bodyLimit ?? usualBodyBytes)))
    } catch (error) {
      done(error as Error)
    }
  })
  app.setErrorHandler(sendFailure)
  followRequests(app, drain)
  app.addHook('onRequest', async (request, reply) => {
    if (closed) throw new Failure('server.stopping', {}, { retryAfter: 1 })
    options.onRequest?.(request.raw)
    reply.header('x-request-id', request.id)
    if (hasTwoHosts(request.raw)) throw invalid('host')
    if (request.host === filesHost && !request.raw.url?.startsWith(filesPath))
      throw new Failure('route.unknown')
  })
  const unread = limitUnread(app, { ipOf })
  addHealth(app, { isReady: options.isReady, isDraining: drain.isDraining, isHttps: isPublicHttps })
  addDocs(app, { file: options.openapiFile, isHttps: isPublicHttps })
  addRoutes(app, options.routes, {
    identify: options.identify,
    rateLimits: options.rateLimits,
    publicOrigin: options.publicUrl,
    secureCookies: options.secureCookies,
    ipOf,
    checkAnswers: options.checkAnswers ?? false,
    isHttps,
    inTurn: unread.inTurn,
  })

  const statics = createStatics(options.statics, options.pages, options.filesOrigin)
  app.setNotFoundHandler(async (request, reply) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const isApi = /^\/api(\/|\?|$)/.test(request.raw.url ?? '')
    if (isRead && !isApi && (await statics({ request, reply, isHttps: isHttps(request) }))) return reply
    throw new Failure('route.unknown')
  })
  await app.ready()

  return {
    async listen({ host, port }) {
      await app.listen({ host, port })
      return { port: (app.server.address() as AddressInfo).port }
    },
    server: app.server,
    async drain() {
      await drain.drain()
      closed = true
    },
    async close() {
      closed = true
      app.server.closeAllConnections()
      await app.close()
    },
  }
}

function addRoutes(
  app: FastifyInstance,
  routes: readonly BoundRoute[],
  options: AnswerOptions & { isHttps: (request: FastifyRequest) => boolean; inTurn: InTurn },
): void {
  for (const bound of routes) {
    const { method, path, takes, gives, bodyBytes } = bound.route
    const definition: RouteOptions = {
      method,
      url: path,
      config: { isStreamed: takes?.isStreamed ?? false },
      bodyLimit: takes?.atMost ?? bodyBytes ?? usualBodyBytes,
      handler: async (request, reply) => {
        const surface = gives ? 'bytes' : 'api'
        reply.headers(securityHeaders(surface, { isHttps: options.isHttps(request), host: '' }))
        if (bound.anyOrigin) {
          reply
            .header('access-control-allow-origin', '*')
            .header('cross-origin-resource-policy', 'cross-origin')
        }
        const answering = () => answer(bound, { request, reply, options })
        return method === 'GET' ? options.inTurn(request.raw, answering) : answering()
      },
    }
    if (takes) takeBytes(app, takes, definition)
    else app.route(definition)
  }
}

/** A route whose body stays the bytes that came; JSON is refused there. */
function takeBytes(
  app: FastifyInstance,
  { types, isStreamed }: NonNullable<BoundRoute['route']['takes']>,
  definition: RouteOptions,
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // Nothing is read before the handler does: how long it may be is said by a header that the handler looks at.
    if (isStreamed) scope.addContentTypeParser([...types], (_request, body, done) => done(null, body))
    else
      scope.addContentTypeParser([...types], { parseAs: 'buffer' }, (_request, body, done) =>
        done(null, body),
      )
    scope.route(definition)
  })
}

/** Answers what is no HTTP that we read: lengths that contradict each other, heads too large, requests that never end. */
function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const failure = new Failure(error.code === 'HPE_HEADER_OVERFLOW' ? 'request.too_large' : 'request.invalid')
  const body = JSON.stringify(errorBody(failure, randomUUID()))
  const headers = Object.entries({
    ...securityHeaders('api', { isHttps: false, host: '' }),
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${failure.status} Refused`, ...headers, '', body].join('\r\n'))
  // Not left to the client, which may never close its half.
  socket.destroySoon()
}

/** Whether a client went away, or was cut off, before its request was whole. */
function isCutOff(request: IncomingMessage): boolean {
  return !request.complete && (request.destroyed || request.socket.destroyed)
}

function followRequests(app: FastifyInstance, drain: Drain): void {
  const stages = new WeakMap<FastifyRequest, ReturnType<Drain['follow']>>()
  app.addHook('onRequest', async (request, reply) => {
    const enter = drain.follow()
    stages.set(request, enter)
    enter('coming')
    // Also where the caller went away before the answer.
    whenDone(request, reply.raw, () => enter(null))
  })
  app.addHook('preValidation', async (request) => {
    const enter = stages.get(request)
    const isComing = request.routeOptions.config.isStreamed && !request.raw.readableEnded
    // What is handed on as it comes is still coming.
    if (isComing) request.raw.once('end', () => enter?.('working'))
    else enter?.('working')
  })
  app.addHook('onSend', async (request, reply) => {
    stages.get(request)?.('leaving')
    if (drain.isDraining()) reply.header('connection', 'close')
  })
}
