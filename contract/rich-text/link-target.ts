/**
 * Where an address leads, if it is one that we trust: the web, a mailbox, a telephone. `host` is that of a web address.
 * `https://bank.example@evil.example`, which shows one host and leads to another, is none.
 */
export function linkTarget(address: string): { href: string; host?: string } | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (url.protocol === 'mailto:' || url.protocol === 'tel:') return url.pathname ? { href: url.href } : null
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  if (url.username || url.password || !url.hostname) return null
  return { href: url.href, host: url.host }
}
