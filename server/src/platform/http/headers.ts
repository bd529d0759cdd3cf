import { plainHost } from './host.ts'

/** Which kind of thing an answer is; each has a policy of its own. */
export type Surface = 'api' | 'app' | 'messenger' | 'loader' | 'demo' | 'docs' | 'link' | 'bytes'

export type HeaderFacts = {
  /** Whether people reach us over TLS: told by PUBLIC_URL, or by a trusted proxy. */
  isHttps: boolean
  /** Host and port of this request, for the addresses of sockets. */
  host: string
  /** Sites that may show the messenger's frame; `null`: none. */
  ancestors?: readonly string[] | null
  /** Another origin from which files are shown; null: ours. */
  filesOrigin?: string | null
  /** Where the demo's page loads the messenger from. */
  messengerOrigin?: string
}

/** Security headers of an answer. */
export function securityHeaders(surface: Surface, facts: HeaderFacts): Record<string, string> {
  const isForeign = surface === 'messenger' || surface === 'loader'
  return {
    'x-content-type-options': 'nosniff',
    // The page that a secret of a mail opens says nobody where one was.
    'referrer-policy': surface === 'link' ? 'no-referrer' : 'same-origin',
    'permissions-policy': permissions(surface, facts),
    'content-security-policy': policy(surface, facts),
    'cross-origin-opener-policy': 'same-origin',
    // The messenger must load in pages that isolate themselves, and those are on other sites.
    'cross-origin-resource-policy': isForeign ? 'cross-origin' : 'same-origin',
    // A module is loaded only where its server allows it; there is nothing in this one that is not public.
    ...(surface === 'loader' ? { 'access-control-allow-origin': '*' } : {}),
    ...(surface === 'messenger' ? { 'cross-origin-embedder-policy': 'require-corp' } : {}),
    ...(surface === 'messenger' ? {} : { 'x-frame-options': surface === 'demo' ? 'SAMEORIGIN' : 'DENY' }),
    ...(facts.isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    ...(surface === 'api' ? { 'cache-control': 'no-store' } : {}),
    // Nothing between us and who asked keeps what may be removed.
    ...(surface === 'bytes' ? { 'cache-control': 'private, max-age=31536000, immutable' } : {}),
  }
}

/** Origins as the sources of a policy; what could end the directive is left out. */
function frameSources(sites: readonly string[] | null): string {
  if (sites === null) return `'none'`
  if (sites.length === 0) return '*'
  const safe = sites.filter((site) => /^https?:\/\/[a-z0-9.*:[\]-]+$/i.test(site))
  return safe.length > 0 ? safe.join(' ') : `'none'`
}

function policy(surface: Surface, facts: HeaderFacts): string {
  if (surface === 'api' || surface === 'loader' || surface === 'bytes') {
    const nothing = `default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
    return surface === 'bytes' ? `${nothing}; sandbox` : nothing
  }
  if (surface === 'docs') {
    return `default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
  }
  // Browsers differ on whether 'self' covers sockets. What is no host could say anything in a policy.
  const host = plainHost(facts.host)
  const sockets = host === '' ? '' : ` ws://${host} wss://${host}`
  if (surface === 'demo') {
    const messenger = facts.messengerOrigin ? ` ${facts.messengerOrigin}` : ''
    return (
      `default-src 'self'${messenger}; img-src 'self' data:; object-src 'none'; ` +
      `base-uri 'none'; frame-ancestors 'self'`
    )
  }
  const ancestors = surface === 'messenger' ? frameSources(facts.ancestors ?? null) : `'none'`
  const files = facts.filesOrigin ? ` ${facts.filesOrigin}` : ''
  return (
    // What somebody is about to send is shown from their own memory.
    `default-src 'self'; img-src 'self' data: blob:${files}; media-src 'self' blob:${files}; ` +
    `connect-src 'self'${sockets}; object-src 'none'; base-uri 'none'; ` +
    `form-action 'self'; frame-ancestors ${ancestors}`
  )
}

const refused = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'midi',
  'payment',
  'serial',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ')

/** Voice messages are recorded where one writes; all else that a browser could give is given to nobody. */
function permissions(surface: Surface, { messengerOrigin }: HeaderFacts): string {
  const microphone =
    surface === 'app' || surface === 'messenger'
      ? '(self)'
      : surface === 'demo'
        ? `(self${messengerOrigin ? ` "${messengerOrigin}"` : ''})`
        : '()'
  return `${refused}, microphone=${microphone}`
}
