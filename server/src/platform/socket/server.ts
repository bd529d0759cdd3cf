import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Log } from '../log.ts'

/** One socket, as those who serve it see it. */
export type Connection = {
  readonly id: string
  readonly ip: string
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
  ipOf: (request: IncomingMessage) => string
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
type Life = { heldSince: number; pongAt: number; pingAt: number; slow: () => void }

const maxFrameBytes = 64 * 1024
const helloMs = 10_000
/** A socket that holds back more than this, or anything for longer than this, is closed. */
const maxHeldBytes = 1024 * 1024
const maxHeldMs = 10_000
/** Frames a client may send: so many at once, refilled at so many per second. */
const burst = 200
const refillPerSecond = 50
const pongMs = 15_000
const maxPerIp = 2_000

/** Serves WebSockets: origin, size, rate, liveness and back pressure are seen to here; what frames mean is not. */
export function createSocketServer(options: SocketServerOptions): SocketServer {
  const { codes, log } = options
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    clientTracking: false,
  })
  const lives = new Map<WebSocket, Life>()
  const pingMs = options.heartbeatSeconds * 1000
  const perIp = new Map<string, number>()
  let draining = false

  options.server.on('upgrade', upgrade)
  // One timer for all sockets: ten thousand idle ones cost no timers of their own.
  const looking = setInterval(look, 5_000)

  function look(): void {
    const now = performance.now()
    for (const [socket, life] of lives) {
      if (socket.bufferedAmount === 0) life.heldSince = 0
      else if (life.heldSince > 0 && now - life.heldSince > maxHeldMs) life.slow()
      if (now - life.pongAt > pingMs + pongMs) socket.terminate()
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
    if (!options.isOriginAllowed(request.headers.origin, request)) return refuse(stream, 403)
    if ((perIp.get(options.ipOf(request)) ?? 0) >= maxPerIp) return refuse(stream, 429)
    wss.handleUpgrade(request, stream, head, (socket) => accept(socket, request))
  }

  function accept(socket: WebSocket, request: IncomingMessage): void {
    const ip = options.ipOf(request)
    perIp.set(ip, (perIp.get(ip) ?? 0) + 1)
    const life: Life = {
      heldSince: 0,
      pongAt: performance.now(),
      pingAt: performance.now() + Math.random() * pingMs,
      slow,
    }
    lives.set(socket, life)
    let tokens = burst
    let refilled = performance.now()
    let queue: Promise<void> = Promise.resolve()

    const connection: Connection = {
      id: randomUUID(),
      ip,
      send: (frame) => connection.sendText(JSON.stringify(frame)),
      sendText(text) {
        if (socket.readyState !== socket.OPEN) return
        socket.send(text)
        if (socket.bufferedAmount > maxHeldBytes) return slow()
        if (socket.bufferedAmount === 0) life.heldSince = 0
        else life.heldSince ||= performance.now()
      },
      close: (code, reason) => socket.close(code, reason),
    }
    const handler = options.serve(connection)

    function slow(): void {
      log.warn('A slow socket is closed.', { connectionId: connection.id, count: socket.bufferedAmount })
      socket.close(codes.slow, 'slow')
      // The close frame waits behind what was not taken; the line is cut if it is not taken either.
      setTimeout(() => socket.terminate(), 2_000).unref()
    }

    const helloTimer = setTimeout(() => {
      if (!handler.isKnown()) socket.close(codes.unauthorized, 'no hello')
    }, helloMs)
    socket.on('pong', () => {
      life.pongAt = performance.now()
    })

    socket.on('message', (data, isBinary) => {
      const now = performance.now()
      life.pongAt = now
      tokens = Math.min(burst, tokens + ((now - refilled) / 1000) * refillPerSecond)
      refilled = now
      if (--tokens < 0) return socket.close(codes.flood, 'too many frames')
      if (isBinary) return socket.close(codes.badFrame, 'text frames only')
      let frame: unknown
      try {
        frame = JSON.parse((data as Buffer).toString('utf8'))
      } catch {
        return socket.close(codes.badFrame, 'not JSON')
      }
      // Frames of one socket are served in their order.
      queue = queue
        .then(() => handler.receive(frame))
        .catch((err: unknown) => {
          log.error('A frame could not be served.', { error: err, connectionId: connection.id })
          socket.close(1011, 'server fault')
        })
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(helloTimer)
      lives.delete(socket)
      const left = (perIp.get(ip) ?? 1) - 1
      if (left > 0) perIp.set(ip, left)
      else perIp.delete(ip)
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

function refuse(stream: Duplex, status: 403 | 404 | 429 | 503): void {
  const text = { 403: 'Forbidden', 404: 'Not Found', 429: 'Too Many Requests', 503: 'Service Unavailable' }[
    status
  ]
  stream.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
