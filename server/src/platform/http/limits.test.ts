import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import type { Failure } from '../failure.ts'
import { addressPrefix, isNeighbour } from './address.ts'
import { createRateLimits, freeAttempts, type RateLimits } from './limits.ts'

let db: TestDatabase
let limits: RateLimits
beforeAll(async () => {
  db = await createTestDatabase()
  const rules = { contact_message: { points: 3, seconds: 60 } }
  limits = createRateLimits({ database: db.database, secret: Buffer.from('secret'), rules })
})
afterAll(() => db.close())

async function refusal(work: Promise<unknown>): Promise<number | null> {
  return work.then(
    () => null,
    (error: Failure) => error.retryAfter,
  )
}

describe('a rule', () => {
  test('lets so many through in its time, each subject by itself, then again', async () => {
    const left = []
    for (let use = 0; use < 3; use++) left.push((await limits.consume('contact_message', 'anna')).remaining)
    expect(left).toEqual([2, 1, 0])
    expect(await refusal(limits.consume('contact_message', 'anna'))).toBeGreaterThan(50)
    expect(await refusal(limits.consume('contact_message', 'bert'))).toBeNull()
    await db.advance(60_000)
    expect(await refusal(limits.consume('contact_message', 'anna'))).toBeNull()
  })

  test('counts every one of many at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, () => refusal(limits.consume('contact_message', 'crowd'))),
    )
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(3)
  })

  test('keeps no name, and nothing that ran out', async () => {
    await limits.consume('contact_message', 'dora@example.com')
    const keys = await db.owner<{ key: string }>('select key from rate_limits')
    expect(keys.map((row) => row.key).join()).not.toContain('dora')
    await db.advance(24 * 3600_000)
    await limits.sweep()
    expect(await db.owner('select key from rate_limits')).toEqual([])
  })
})

describe('attempts at a secret', () => {
  test('are ever further apart from the sixth on, and never shut out', async () => {
    for (let attempt = 0; attempt < freeAttempts; attempt++)
      expect(await refusal(limits.attempt('eve'))).toBeNull()
    for (const pause of [1, 2, 4, 8, 16, 30, 30, 30]) {
      expect(await refusal(limits.attempt('eve'))).toBe(pause)
      await db.advance(pause * 1000)
      expect(await refusal(limits.attempt('eve'))).toBeNull()
    }
  })

  test('that come at once count as many', async () => {
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => refusal(limits.attempt('frank'))))
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(freeAttempts)
  })

  test('are forgotten when one is right, or after a while', async () => {
    for (let attempt = 0; attempt < freeAttempts; attempt++) await limits.attempt('gina')
    expect(await refusal(limits.attempt('gina'))).toBe(1)
    await limits.succeed('gina', { forgetAll: true })
    for (let attempt = 0; attempt < freeAttempts; attempt++)
      expect(await refusal(limits.attempt('gina'))).toBeNull()
    await db.advance(900_000)
    for (let attempt = 0; attempt < freeAttempts; attempt++)
      expect(await refusal(limits.attempt('gina'))).toBeNull()
  })
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('of the address %s, %s is counted', (ip, prefix) => {
  expect(addressPrefix(ip)).toBe(prefix)
})

test.each([
  ['127.0.0.1', true],
  ['::ffff:10.1.2.3', true],
  ['172.31.0.1', true],
  ['::1', true],
  ['fd00::1', true],
  ['172.32.0.1', false],
  ['203.0.113.9', false],
  ['2001:db8::1', false],
  ['', false],
])('%s is a neighbour: %s', (address, expected) => {
  expect(isNeighbour(address)).toBe(expected)
})
