import { request } from 'node:http'
import type { ServerNode } from '../stage/server-node.ts'

export type Answered = { status: number; cookies: string[] }

/** Sends JSON from an address of this machine: limits know people by where they are. */
export function sendFrom(
  node: ServerNode,
  asked: {
    from: string
    method: 'GET' | 'POST'
    path: string
    body?: unknown
    headers?: Record<string, string>
  },
): Promise<Answered> {
  const { from, method, path, body, headers } = asked
  return new Promise((resolve, reject) => {
    const sending = request(
      {
        host: '127.0.0.1',
        port: node.port,
        localAddress: from,
        method,
        path,
        agent: false,
        headers: { 'content-type': 'application/json', 'x-foyer': '1', origin: node.origin, ...headers },
      },
      (answer) => {
        answer.resume()
        answer.once('error', reject)
        answer.once('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            cookies: (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? ''),
          }),
        )
      },
    )
    sending.once('error', reject)
    sending.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
