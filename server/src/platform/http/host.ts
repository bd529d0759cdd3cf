import type { IncomingMessage } from 'node:http'

/** Whether a request names more than one host, of which each reader would take another. */
export function hasTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === 'host') hosts++
  }
  return hosts > 1
}

/** A host as it may stand in a policy or a page: a name or an address, and a port; empty for anything else. */
export function plainHost(host: string): string {
  return /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host) ? host : ''
}
