/**
 * Whether a widget may stand on a site. `https://*.example.com` allows every host below example.com, not example.com
 * itself; no sites listed allow any.
 */
export function siteAllowed(allowedSites: readonly string[], origin: string): boolean {
  if (allowedSites.length === 0) return true
  const asked = parse(origin)
  return asked !== null && allowedSites.some((site) => matches(site, asked))
}

/** Whether a text names a site as `siteAllowed` understands it: an origin, its host perhaps with `*.` before it. */
export function isSite(text: string): boolean {
  return parse(text) !== null
}

type Site = { scheme: string; host: string; port: string }

function matches(pattern: string, asked: Site): boolean {
  const allowed = parse(pattern)
  if (!allowed || allowed.scheme !== asked.scheme || allowed.port !== asked.port) return false
  if (!allowed.host.startsWith('*.')) return allowed.host === asked.host
  const parent = allowed.host.slice(1)
  return (
    parent.length > 1 &&
    !asked.host.includes('*') &&
    asked.host.length > parent.length &&
    asked.host.endsWith(parent)
  )
}

/** An origin and nothing more; the parts are compared, never the text. */
function parse(origin: string): Site | null {
  const parts =
    /^(https?):\/\/((?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i.exec(origin)
  if (!parts?.[1] || !parts[2]) return null
  const scheme = parts[1].toLowerCase()
  const usual = scheme === 'https' ? '443' : '80'
  return { scheme, host: parts[2].toLowerCase(), port: parts[3] ? String(Number(parts[3])) : usual }
}
