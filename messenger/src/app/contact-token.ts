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
