import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { createGate } from '../gate.ts'
import { hasTwoHosts } from '../http/host.ts'
import type { Log } from '../log.ts'
import { maxFrameBytes, readFrames } from './frames.ts'
import { createOutgoing, type Outgoing } from './outgoing.ts'

/** One socket, as those who serve it see it. */
export type Connection = {
  readonly id: string
  /** Sends a frame; a socket that does not take its frames in time is closed, never thinned out. */
  send(frame: object): void
  /** Sends a frame that several sockets get, written out once. */
  sendText(text: string): void
  close(code: number, reason: string): void
}

/** What serves one connection. */
export type ConnectionHandler = {
  /** A JSON value of the client. Rejecting closes the socket. */
  receive(frame: unknown): Promise<void>
  closed(): void
  /** Whether the client has proven who it is; until then only few seconds are given. */
  isKnown(): boolean
}

export type SocketServerOptions = {
  server: Server
  path: string
  log: Log
  isOriginAllowed: (origin: string | undefined, request: IncomingMessage) => boolean
  /** What of the client's address is counted. */
  addressOf: (request: IncomingMessage) => string
  serve: (connection: Connection) => ConnectionHandler
  codes: { unauthorized: number; badFrame: number; slow: number; flood: number; stopping: number }
  heartbeatSeconds: number
}

export type SocketServer = {
  count(): number
  /** Tells all to come back elsewhere, spread over `spreadMs`, and waits until they are gone. */
  drain(spreadMs: number): Promise<void>
  close(): void
}

/** What the look after all sockets needs to know of one. */
type Life = { heardAt: number; pingAt: number; outgoing: Outgoing; slow: () => void }
/** Those who share an address: how many sockets they have, and whose frame is served next. */
type Household = { sockets: number; inTurn: <T>(work: () => Promise<T>) => Promise<T> }

const helloMs = 10_000
const pongMs = 15_000
/** Sockets of one address, which may be that of a whole office. */
const maxPerAddress = 2_000
/** Frames of one address that are served at once, so that others find the database free. */
const servedAtOnce = 6
/** How long the close frame may take before the line is cut. */
const closingMs = 2_000

/** Serves WebSockets: origin, size, rate, liveness and back pressure are seen to here; what frames mean is not. */
export function createSocketServer(options: SocketServerOptions): SocketServer {
  const { codes, log } = options
  // By name, because its types do not know all of them.
  const line = {
    noServer: true,
    maxPayload: maxFrameBytes,
    // A frame has no reason to come in pieces; who sends it so may have it in a few.
    maxFragments: 16,
    perMessageDeflate: false,
    clientTracking: false,
    closeTimeout: closingMs,
  }
  const wss = new WebSocketServer(line)
  const lives = new Map<WebSocket, Life>()
  const pingMs = options.heartbeatSeconds * 1000
  const households = new Map<string, Household>()
  let draining = false

  options.server.on('upgrade', upgrade)
  // One timer for all sockets: ten thousand idle ones cost no timers of their own.
  const looking = setInterval(look, 2_000)

  function look(): void {
    const now = performance.now()
    for (const [socket, life] of lives) {
      if (life.outgoing.isStuck(now)) life.slow()
      if (now - life.heardAt > pingMs + pongMs) socket.terminate()
      else if (now >= life.pingAt) {
        life.pingAt = now + pingMs
        socket.ping()
      }
    }
  }

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', destroy)
    const path = (request.url ?? '').split('?', 1)[0]
    if (path !== options.path) return refuse(stream, 404)
    if (draining) return refuse(stream, 503)
    if (hasTwoHosts(request)) return refuse(stream, 400)
    if (!options.isOriginAllowed(request.headers.origin, request)) return refuse(stream, 403)
    if ((households.get(options.addressOf(request))?.sockets ?? 0) >= maxPerAddress)
      return refuse(stream, 429)
    wss.handleUpgrade(request, stream, head, (socket) => accept(socket, stream, options.addressOf(request)))
  }

  function enter(address: string): Household {
    const household = households.get(address) ?? { sockets: 0, inTurn: createGate(servedAtOnce) }
    households.set(address, household)
    household.sockets++
    return household
  }

  function accept(socket: WebSocket, stream: Duplex, address: string): void {
    const household = enter(address)
    const connectionId = randomUUID()
    const outgoing = createOutgoing(socket, moved, slow)
    const life: Life = {
      heardAt: performance.now(),
      pingAt: performance.now() + Math.random() * pingMs,
      outgoing,
      slow,
    }
    lives.set(socket, life)
    const connection: Connection = {
      id: connectionId,
      send: (frame) => outgoing.send(JSON.stringify(frame)),
      sendText: outgoing.send,
      close,
    }
    const handler = options.serve(connection)
    const reader = readFrames({
      socket,
      stream,
      inTurn: household.inTurn,
      receive: handler.receive,
      isKnown: handler.isKnown,
      mayServe: outgoing.isFlowing,
      refuse: (why, reason) => close(codes[why], reason),
      failed(error) {
        log.error('A frame could not be served.', { error, connectionId })
        close(1011, 'server fault')
      },
      heard,
    })

    function heard(): void {
      life.heardAt = performance.now()
    }

    function moved(): void {
      heard()
      reader.next()
    }

    /** Says why and cuts the line soon: who is not read any more must not be held either. */
    function close(code: number, reason: string): void {
      if (socket.readyState !== socket.OPEN) return
      reader.end()
      socket.close(code, reason)
      setTimeout(() => socket.terminate(), closingMs).unref()
    }

    function slow(): void {
      if (socket.readyState !== socket.OPEN) return
      log.warn('A slow socket is closed.', { connectionId, count: outgoing.held() })
      close(codes.slow, 'slow')
    }

    const helloTimer = setTimeout(() => {
      if (!handler.isKnown()) close(codes.unauthorized, 'no hello')
    }, helloMs)
    // A frame that is none, or too large: the socket closes itself.
    socket.on('error', reader.end)
    socket.on('close', () => {
      clearTimeout(helloTimer)
      lives.delete(socket)
      reader.end()
      if (--household.sockets === 0) households.delete(address)
      handler.closed()
    })
  }

  return {
    count: () => lives.size,
    async drain(spreadMs) {
      draining = true
      const all = [...lives.keys()]
      await Promise.all(
        all.map(async (socket) => {
          await new Promise((resolve) => setTimeout(resolve, Math.random() * spreadMs))
          const retryAfterMs = Math.round(200 + Math.random() * 2_000)
          if (socket.readyState === socket.OPEN)
            socket.send(JSON.stringify({ type: 'stopping', retryAfterMs }))
          socket.close(codes.stopping, 'stopping')
          await Promise.race([
            new Promise((resolve) => socket.once('close', resolve)),
            new Promise((resolve) => setTimeout(resolve, 1_000).unref()),
          ])
          socket.terminate()
        }),
      )
    },
    close() {
      options.server.off('upgrade', upgrade)
      clearInterval(looking)
      for (const socket of lives.keys()) socket.terminate()
      wss.close()
    },
  }
}

/** Stands outside, because a closure made while upgrading would keep the whole request for as long as the socket lives. */
function destroy(this: Duplex): void {
  this.destroy()
}

const refusals = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

function refuse(stream: Duplex, status: keyof typeof refusals): void {
  const text = refusals[status]
  // Not left to the client, which may never close its half.
  stream.once('finish', destroy)
  stream.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
