import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

const socketPath = '/api/v1/socket'

export type Target = { name: string; port: number }
/** Who was served by which process. */
export type Served = {
  process: string
  kind: 'http' | 'socket'
  who: 'operator' | 'contact' | 'anyone'
  path: string
}

export type Balancer = {
  readonly port: number
  readonly record: readonly Served[]
  close(): Promise<void>
}

/**
 * One address before several processes: sockets go to the socket processes in turn, everything else to the HTTP processes
 * in turn, nobody sticks to any. A process that refuses the connection is passed over before anything was sent to it.
 */
export async function startBalancer(
  targets: { http: Target[]; socket: Target[] },
  port = 0,
): Promise<Balancer> {
  const record: Served[] = []
  const turns = { http: 0, socket: 0 }
  const open = new Set<Socket>()

  function inTurn(kind: 'http' | 'socket'): Target[] {
    const from = turns[kind]++ % targets[kind].length
    return [...targets[kind].slice(from), ...targets[kind].slice(0, from)]
  }

  async function forward(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of asked) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    const headers = { ...asked.headers, 'x-forwarded-for': asked.socket.remoteAddress ?? '' }
    for (const target of inTurn('http')) {
      const outcome = await new Promise<'done' | 'refused'>((resolve) => {
        const onward = request(
          // A connection each: a kept one may have been closed by the other end without our knowing.
          {
            host: '127.0.0.1',
            port: target.port,
            method: asked.method,
            path: asked.url,
            headers,
            agent: false,
          },
          (response) => {
            answer.writeHead(response.statusCode ?? 502, response.headers)
            response.pipe(answer)
            response.on('error', () => answer.destroy())
            answer.on('close', () => resolve('done'))
          },
        )
        onward.on('error', (error: NodeJS.ErrnoException) => {
          if (error.code === 'ECONNREFUSED') return resolve('refused')
          if (answer.headersSent) answer.destroy()
          else answer.writeHead(502).end()
          resolve('done')
        })
        answer.on('close', () => onward.destroy())
        onward.end(body)
      })
      if (outcome === 'done') {
        record.push({ process: target.name, kind: 'http', who: whoIs(asked), path: asked.url ?? '' })
        return
      }
    }
    answer.writeHead(503, { 'retry-after': '1' }).end()
  }

  async function tunnel(asked: IncomingMessage, stream: Socket, head: Buffer): Promise<void> {
    stream.on('error', () => stream.destroy())
    for (const target of asked.url?.startsWith(socketPath) ? inTurn('socket') : inTurn('http')) {
      const onward = await reach(target.port)
      if (!onward) continue
      record.push({ process: target.name, kind: 'socket', who: whoIs(asked), path: asked.url ?? '' })
      onward.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${rawHeaders(asked)}\r\n`)
      onward.write(head)
      stream.pipe(onward).pipe(stream)
      // A line is cut as one: no half of it stays open.
      stream.on('close', () => onward.destroy())
      onward.on('close', () => stream.destroy())
      onward.on('error', () => stream.destroy())
      return
    }
    stream.end('HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n')
  }

  const server = createServer((asked, answer) => void forward(asked, answer).catch(() => answer.destroy()))
  server.on('upgrade', (asked, stream, head) => void tunnel(asked, stream as Socket, head))
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    record,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

function reach(port: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(null))
  })
}

/** Operators carry a cookie, contacts a header; a contact's socket carries neither, for its hello proves it. */
function whoIs({ headers, url }: IncomingMessage): Served['who'] {
  if (/(^|; )(__Host-)?foyer=/.test(headers.cookie ?? '')) return 'operator'
  if (headers.authorization?.startsWith('Contact ') || url?.startsWith(socketPath)) return 'contact'
  return 'anyone'
}

function rawHeaders(asked: IncomingMessage): string {
  const pairs: string[] = [`x-forwarded-for: ${asked.socket.remoteAddress}\r\n`]
  for (let index = 0; index < asked.rawHeaders.length; index += 2)
    pairs.push(`${asked.rawHeaders[index]}: ${asked.rawHeaders[index + 1]}\r\n`)
  return pairs.join('')
}
