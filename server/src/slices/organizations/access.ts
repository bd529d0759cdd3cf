import { hmac, sameSecret } from '../../platform/crypto.ts'
import { Failure } from '../../platform/failure.ts'

declare const proven: unique symbol

/** That whoever calls holds the set-up link, or is this process itself on its first start. */
export type SetupProof = { readonly [proven]: 'setup' }

/** What the one-time set-up link carries. It is the same in every process and void once an organization exists. */
export function setupToken(secret: Buffer): string {
  return hmac(secret, 'setup').toString('base64url')
}

/** @throws Failure setup.token */
export function accessSetup(secret: Buffer, token: string): SetupProof {
  if (!sameSecret(token, setupToken(secret))) throw new Failure('setup.token')
  return {} as SetupProof
}

/** For a first start without a hand, by who sets the environment. */
export function accessUnattendedSetup(): SetupProof {
  return {} as SetupProof
}
