import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/**
 * What of an address is counted: an IPv6 customer owns a /64, so that its last half is theirs to choose.
 */
export function addressPrefix(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped?.[1]) return mapped[1]
  if (!ip.includes(':')) return ip
  const [front = '', back] = (ip.split('%')[0] ?? '').split('::')
  const groups = front === '' ? [] : front.split(':')
  const after = back === undefined || back === '' ? [] : back.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0')
  const all = back === undefined ? groups : [...groups, ...zeros, ...after]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':')}::/64`
}

/**
 * Believes the nearest so many proxies. The first must also be a neighbour: who reaches us directly from outside is no
 * proxy of ours, whatever they say of themselves.
 */
export function trustProxies(hops: number): (address: string | undefined, hop: number) => boolean {
  return (address, hop) => hop < hops && (hop > 0 || isNeighbour(address))
}

/**
 * Whose request this is: the peer, or the right-most address that no proxy of ours has. Where a proxy names what is no
 * address, nothing beyond it is believed, and the request is the proxy's own. Empty when the peer is gone already.
 */
export function clientAddress(request: IncomingMessage, hops: number): string {
  const isTrusted = trustProxies(hops)
  const named = String(request.headers['x-forwarded-for'] ?? '').split(',')
  let address = request.socket.remoteAddress ?? ''
  for (let hop = 0; isTrusted(address, hop); hop++) {
    const before = addressIn(named.pop() ?? '')
    if (before === null) break
    address = before
  }
  return address
}

/** The address in an entry of `X-Forwarded-For`, which some proxies write with a port, in brackets or in quotes. */
function addressIn(entry: string): string | null {
  const bare = entry.trim().replace(/^"(.*)"$/, '$1')
  const [, bracketed, withPort] = /^\[([^\]]*)\](?::\d{1,5})?$|^([^:]*):\d{1,5}$/.exec(bare) ?? []
  const address = bracketed ?? withPort ?? bare
  return isIP(address) === 0 ? null : address
}

/** Whether an address belongs to this machine or a private network. */
export function isNeighbour(address: string | undefined): boolean {
  // A peer that has gone meanwhile has none.
  if (address === undefined) return false
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address.split('%')[0] ?? ''
  const version = isIP(plain)
  return version !== 0 && neighbours.check(plain, version === 6 ? 'ipv6' : 'ipv4')
}

const neighbours = new BlockList()
neighbours.addSubnet('127.0.0.0', 8)
neighbours.addSubnet('10.0.0.0', 8)
neighbours.addSubnet('172.16.0.0', 12)
neighbours.addSubnet('192.168.0.0', 16)
neighbours.addSubnet('169.254.0.0', 16)
neighbours.addSubnet('100.64.0.0', 10)
neighbours.addAddress('::1', 'ipv6')
neighbours.addSubnet('fc00::', 7, 'ipv6')
neighbours.addSubnet('fe80::', 10, 'ipv6')
