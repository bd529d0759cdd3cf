import type { IncomingMessage } from 'node:http'
import { isNeighbour } from '../http/address.ts'
import type { Notices, NoticeText } from './notices.ts'

const undeclared: NoticeText = {
  kind: 'proxy_undeclared',
  level: 'warn',
  begins:
    'A proxy stands before this server, but TRUST_PROXY is 0: everybody has the address of the proxy, and limits that count by address count all of them together. Set TRUST_PROXY to the number of proxies, such as 1, and start again.',
  ends: 'No proxy stands before this server any more.',
}

/** What only proxies add. Browsers cannot, and others are believed only where they are near. */
const marks = ['x-forwarded-for', 'forwarded', 'x-forwarded-proto', 'x-real-ip']

/**
 * Notices a proxy that nobody declared: by the public address, whose TLS somebody before us must end, or by what one
 * adds to requests.
 */
export function watchForProxy(
  notices: Notices,
  { trustProxy, publicUrl }: { trustProxy: number; publicUrl: string | null },
): (request: IncomingMessage) => void {
  if (trustProxy > 0) return () => undefined
  if (publicUrl?.startsWith('https:')) notices.say(undeclared)
  return ({ headers, socket }) => {
    const isMarked = marks.some((mark) => headers[mark] !== undefined)
    if (isMarked && isNeighbour(socket.remoteAddress ?? '')) notices.say(undeclared)
  }
}
