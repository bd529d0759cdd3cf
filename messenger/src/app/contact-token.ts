import type { Keeper } from './storage.ts'

const name = 'token'

/** The contact's secret, if they have written from this browser before. */
export function readContactToken(keeper: Keeper): string | null {
  const token = keeper.get(name)
  return token && /^[\w-]{43}$/.test(token) ? token : null
}

/** Makes the secret of a new contact: 256 bits, never sent anywhere but to our own server. */
export function makeContactToken(keeper: Keeper): string {
  const token = encode(crypto.getRandomValues(new Uint8Array(32)))
  keeper.set(name, token)
  return token
}

/** Base64url without padding. */
function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** A random UUID; browsers offer their own on secure origins only, and a server on a company's own network may be none. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
}
