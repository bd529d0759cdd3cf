import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** One connection that carries requests one after another, as cheaply as it can: it shares the machine with the server. */
export type HttpLine = {
  send(request: Buffer | string): Promise<{ status: number; body: string }>
  close(): void
}

export async function openHttpLine(port: number): Promise<HttpLine> {
  const socket: Socket = connect({ host: '127.0.0.1', port })
  socket.setNoDelay(true)
  await once(socket, 'connect')
  let taken = ''
  let settle: {
    resolve: (answer: { status: number; body: string }) => void
    reject: (error: Error) => void
  } | null = null
  socket.on('data', (chunk: Buffer) => {
    taken += chunk.toString('latin1')
    const end = taken.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(taken)?.[1] ?? 0)
    if (taken.length < end + 4 + length) return
    const answer = { status: Number(taken.slice(9, 12)), body: taken.slice(end + 4, end + 4 + length) }
    taken = taken.slice(end + 4 + length)
    settle?.resolve(answer)
    settle = null
  })
  const fail = (error: Error) => {
    settle?.reject(error)
    settle = null
  }
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('The connection was closed.')))
  return {
    send(request) {
      return new Promise((resolve, reject) => {
        settle = { resolve, reject }
        socket.write(request)
      })
    },
    close: () => void socket.destroy(),
  }
}

/** A request as it goes over the wire. */
export function post(path: string, headers: Record<string, string>, body: unknown): string {
  const text = JSON.stringify(body)
  const lines = Object.entries({
    host: '127.0.0.1',
    'x-foyer': '1',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`
}
