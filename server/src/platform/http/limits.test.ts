import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import type { Failure } from '../failure.ts'
import { addressPrefix, isNeighbour } from './address.ts'
import { createRateLimits, freeAttempts, type RateLimits, type RuleName, type Rules } from './limits.ts'

let db: TestDatabase
let limits: RateLimits
// One that counts what was done, one that counts tries, one that counts in memory.
const rules: Partial<Rules> = {
  contact_message: { points: 3, seconds: 60 },
  link_address: { points: 3, seconds: 60, tries: true },
  unread_address: { points: 3, seconds: 60, each: true },
}
beforeAll(async () => {
  db = await createTestDatabase()
  limits = createRateLimits({ database: db.database, secret: Buffer.from('secret'), rules })
})
afterAll(() => db.close())

async function refusal(work: Promise<unknown>): Promise<number | null> {
  return work.then(
    () => null,
    (error: Failure) => error.retryAfter,
  )
}

/** Uses a rule once, and does what was asked. */
async function use(rule: RuleName, subject: string): Promise<number> {
  const taken = await limits.take(rule, subject)
  await taken.done()
  return taken.state.remaining
}

describe.each(['contact_message', 'link_address', 'unread_address'] as const)('the rule %s', (rule) => {
  test('lets so many through in its time, each subject by itself', async () => {
    const left = []
    for (let each = 0; each < 3; each++) left.push(await use(rule, 'anna'))
    expect(left).toEqual([2, 1, 0])
    expect(await refusal(use(rule, 'anna'))).toBeGreaterThan(50)
    expect(await refusal(use(rule, 'bert'))).toBeNull()
  })

  test('counts every one of many at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => refusal(use(rule, 'crowd'))))
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(3)
    expect(await refusal(use(rule, 'crowd'))).toBeGreaterThan(0)
  })

  test('does not count what is given back, however often', async () => {
    for (let each = 0; each < 10; each++) await (await limits.take(rule, 'clumsy')).giveBack()
    for (let each = 0; each < 3; each++) await use(rule, 'clumsy')
    expect(await refusal(use(rule, 'clumsy'))).toBeGreaterThan(50)
  })
})

describe('a rule counted in the database', () => {
  test('lets as many through again when its time is over', async () => {
    for (let each = 0; each < 3; each++) await use('contact_message', 'clara')
    await db.advance(60_000)
    expect(await refusal(use('contact_message', 'clara'))).toBeNull()
  })

  test('is counted over all processes', async () => {
    const other = createRateLimits({ database: db.database, secret: Buffer.from('secret'), rules })
    await use('contact_message', 'emil')
    await (await other.take('contact_message', 'emil')).done()
    await use('contact_message', 'emil')
    expect(await refusal(other.take('contact_message', 'emil'))).toBeGreaterThan(50)
  })

  test('keeps no name, nothing of what was not done, and nothing that ran out', async () => {
    await (await limits.take('contact_message', 'never')).giveBack()
    const before = await db.owner('select key from rate_limits')
    await use('contact_message', 'dora@example.com')
    const keys = await db.owner<{ key: string }>('select key from rate_limits')
    expect(keys.length).toBe(before.length + 1)
    expect(keys.map((row) => row.key).join()).not.toContain('dora')
    await db.advance(24 * 3600_000)
    await db.owner(`insert into rate_limits select 'old ' || n, 1, n from generate_series(1, 12000) n`)
    await limits.sweep()
    expect(await db.owner('select key from rate_limits')).toEqual([])
  })

  test('finds what ran out without walking over what did not', async () => {
    await db.owner(
      `insert into rate_limits select 'new ' || n, 1, 9e15::bigint from generate_series(1, 20000) n`,
    )
    await db.owner('analyze rate_limits')
    const plan = await db.owner<{ 'QUERY PLAN': string }>(
      'explain select key from rate_limits where expire <= 1 order by expire limit 5000',
    )
    expect(JSON.stringify(plan)).toContain('rate_limits_expire')
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
