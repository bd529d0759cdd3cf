import { expect, test } from 'vitest'
import { hashPassword, hmac, randomKey, randomToken, sameSecret, sha256, verifyPassword } from './crypto.ts'

test('tokens are 256 bits that do not repeat', () => {
  const tokens = new Set(Array.from({ length: 1000 }, randomToken))
  expect(tokens.size).toBe(1000)
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
})

test('keys are letters and digits, each as likely', () => {
  const counts = new Map<string, number>()
  for (const letter of randomKey(62_000)) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  expect(counts.size).toBe(62)
  // Of 1,000 each, six standard deviations.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(190)
})

test('secrets are compared whatever their length', () => {
  expect(sameSecret('a', 'a')).toBe(true)
  expect(sameSecret('a', 'b')).toBe(false)
  expect(sameSecret('', 'a')).toBe(false)
  expect(sameSecret('a'.repeat(10_000), 'a')).toBe(false)
})

test('hashes are the known ones', () => {
  expect(sha256('abc').toString('hex')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
  // RFC 4231, test case 2.
  expect(hmac(Buffer.from('Jefe'), 'what do ya want for nothing?').toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
})

test('passwords are kept as argon2id and found again however they were typed', async () => {
  const hash = await hashPassword('pässwörd')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verifyPassword(hash, 'pa\u0308sswo\u0308rd')).toBe(true)
  expect(await verifyPassword(hash, 'passwort')).toBe(false)
  expect(await verifyPassword('', 'pässwörd')).toBe(false)
  expect(await verifyPassword('not a hash', '')).toBe(false)
})
