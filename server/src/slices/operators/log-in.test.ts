import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword, verifyPassword } from '../../platform/crypto.ts'
import type { TestAnswer } from '../../testing/http.ts'
import {
  type Browser,
  owner,
  startTestInstallation,
  type TestInstallation,
} from '../../testing/installation.ts'

let at: TestInstallation
let forgetful: Browser
beforeAll(async () => {
  at = await startTestInstallation({ http: { trustProxy: 1 } })
  await at.ownersBrowser()
  // Pauses of a second run out by themselves while a busy machine works.
  await at.db.freeze()
  forgetful = at.browser()
})
afterAll(() => at[Symbol.asyncDispose]())
afterEach(() => at.db.owner('delete from rate_limits'))

/** Logs in from an address of the network, as the proxy before us tells it. */
function logIn(
  body: { email: string; password: string },
  from: string,
  browser = at.browser(),
): Promise<TestAnswer> {
  return browser.send('POST', '/api/v1/session', { body, headers: { 'x-forwarded-for': from } })
}
const wrong = { ...owner, password: 'not the password' }

describe('guessing a password', () => {
  test('is slowed from the sixth wrong one, and the right one works after the pause', async () => {
    for (let attempt = 0; attempt < 5; attempt++)
      expect((await logIn(wrong, '198.51.100.1')).status).toBe(401)
    const slowed = await logIn(owner, '198.51.100.1')
    expect([slowed.status, slowed.json.error.code]).toEqual([429, 'request.too_many'])
    expect(slowed.headers.get('retry-after')).toBe('1')
    for (let attempt = 0; attempt < 15; attempt++) {
      await at.db.advance(31_000)
      expect((await logIn(wrong, '198.51.100.1')).status).toBe(401)
    }
    await at.db.advance(31_000)
    expect((await logIn(owner, '198.51.100.1')).status).toBe(200)
    // Once right, the account is as it was.
    expect((await logIn(wrong, '198.51.100.2')).status).toBe(401)
  })

  test('is slowed for one account from a thousand addresses', async () => {
    const answers: number[] = []
    for (let index = 0; index < 100; index++) answers.push((await logIn(wrong, `198.51.${index}.7`)).status)
    expect(answers.filter((status) => status === 401)).toHaveLength(5)
    expect(answers.filter((status) => status === 429)).toHaveLength(95)
  })

  test('is slowed for a thousand accounts from one address', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        logIn({ ...wrong, email: `person${index}@example.com` }, '198.51.100.3'),
      ),
    )
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(5)
  })

  test('from the same address does not keep out a browser that logged in before, however much is guessed', async () => {
    const from = '198.51.100.77'
    const known = at.browser()
    expect((await logIn(owner, from, known)).status).toBe(200)
    for (let round = 0; round < 5; round++) {
      const guesses = Array.from({ length: 30 }, (_, index) =>
        logIn(index % 2 ? wrong : { ...wrong, email: `person${index}@example.com` }, from),
      )
      const [right] = await Promise.all([logIn(owner, from, known), ...guesses])
      expect(right.status).toBe(200)
    }
    // Somebody else's mark is none, and neither is one that was made up.
    expect((await logIn({ ...wrong, email: 'person1@example.com' }, from, known)).status).toBe(429)
    const forger = at.browser({ cookie: 'foyer-known=forged' })
    expect((await logIn(owner, from, forger)).status).toBe(429)
    // Known or not, guessing is slowed.
    const guesses = await Promise.all(Array.from({ length: 20 }, () => logIn(wrong, from, known)))
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5)
  })

  test('is not quickened by what the client says of itself', async () => {
    const headers = (index: number) => ({
      'user-agent': `a${index}`,
      'x-real-ip': `198.51.100.${index}`,
      'cf-connecting-ip': `198.51.100.${index}`,
      'x-forwarded-for': `9.9.9.${index}, 198.51.100.4`,
    })
    const answers: number[] = []
    for (let index = 0; index < 20; index++) {
      const answer = await forgetful.send('POST', '/api/v1/session', {
        body: { ...wrong, email: `p${index}@example.com` },
        headers: headers(index),
      })
      answers.push(answer.status)
    }
    expect(answers.filter((status) => status === 401)).toHaveLength(5)
  })

  test('does not keep the owner out of a browser that logged in before', async () => {
    const mine = at.browser()
    await logIn(owner, '198.51.100.5', mine)
    await mine.send('DELETE', '/api/v1/session')
    for (let index = 0; index < 30; index++) await logIn(wrong, `203.0.113.${index}`)
    expect((await logIn(owner, '203.0.113.200')).status).toBe(429)
    expect((await logIn(owner, '198.51.100.5', mine)).status).toBe(200)
  })

  test('is not paid by those who share an address and know theirs', async () => {
    for (let time = 0; time < 30; time++) expect((await logIn(owner, '198.51.100.6')).status).toBe(200)
  })
})

describe('whether an address is known', () => {
  const strangers = { email: 'nobody@example.com', password: 'not the password' }

  test('does not show in the answer', async () => {
    const [known, unknown] = [await logIn(wrong, '198.51.100.8'), await logIn(strangers, '198.51.100.9')]
    const told = ({ status, json, headers }: TestAnswer) => [
      status,
      { ...json.error, requestId: '' },
      headers.getSetCookie(),
    ]
    expect(told(known)).toEqual(told(unknown))
    expect(told(known)[0]).toBe(401)
  })

  test('does not show in the time it takes', { timeout: 300_000 }, async () => {
    const pairs = 200
    const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
    for (let pair = 0; pair < pairs; pair++) {
      // In turns, first one and then the other, so that what slows the machine slows both.
      const order = pair % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
      for (const which of order) {
        const from = `10.${which === 'known' ? 1 : 2}.${pair}.1`
        const before = performance.now()
        const answer = await logIn(which === 'known' ? wrong : strangers, from)
        times[which].push(performance.now() - before)
        expect(answer.status).toBe(401)
      }
      if (pair % 2 === 1) await at.db.owner('delete from rate_limits')
    }
    // Without the decoy the difference is nearly the whole of the time, which is a hash's. The middle half of each: a
    // machine that also does other things now and then stalls one call for long.
    const [known, unknown] = [middle(times.known), middle(times.unknown)]
    expect(Math.abs(known - unknown) / known).toBeLessThan(0.15)
    const hash = await hashPassword('some password')
    const alone: number[] = []
    for (let count = 0; count < 20; count++) {
      const before = performance.now()
      await verifyPassword(hash, 'another one')
      alone.push(performance.now() - before)
    }
    expect(unknown, 'a hash is checked').toBeGreaterThan(middle(alone) / 2)
  })
})

test('neither passwords nor tokens nor addresses of people are in the log', async () => {
  const mine = at.browser()
  await logIn(owner, '198.51.100.10', mine)
  await logIn({ ...owner, password: 'canary password' }, '198.51.100.11')
  const log = at.server.lines.join('\n')
  for (const secret of [owner.password, 'canary password', owner.email, ...mine.cookies.values()])
    expect(log).not.toContain(secret)
})

function middle(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b).slice(values.length / 4, (values.length * 3) / 4)
  return sorted.reduce((sum, value) => sum + value, 0) / sorted.length
}
