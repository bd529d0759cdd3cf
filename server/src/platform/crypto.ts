import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** 256 random bits as 43 characters of base64url: a secret that cannot be guessed. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Random letters and digits, for keys that people copy; about 5.9 bits each. */
export function randomKey(length: number): string {
  let key = ''
  while (key.length < length) {
    // Of 256 values the last 8 would make some letters likelier.
    key += [...randomBytes(length)].map((byte) => (byte < 248 ? alphabet[byte % 62] : '')).join('')
  }
  return key.slice(0, length)
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** The same id for the same text: what is derived from one thing cannot be made twice. */
export function derivedId(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export function hmac(secret: Buffer, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest()
}

/** Compares two secrets in a time that says nothing about where they differ, nor about how long they are. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected))
}

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), argon)
}

/** Whether the password is the one of the hash; a hash that cannot be read is nobody's. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password.normalize('NFKC')).catch(() => false)
}

/** A secret that no log, answer or job can take up by accident: as JSON and as text it is nothing. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toJSON(): undefined {
    return undefined
  }

  toString(): string {
    return '[secret]'
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** What OWASP asks of argon2id (the library's default algorithm) at least: some 30 ms of one core and 19 MiB. */
const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
