import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  type Browser,
  owner,
  startTestInstallation,
  type TestInstallation,
} from '../../testing/installation.ts'

let at: TestInstallation
const hour = 3600_000
beforeAll(async () => {
  at = await startTestInstallation()
  await at.ownersBrowser()
})
afterAll(() => at[Symbol.asyncDispose]())
afterEach(() => at.db.owner('delete from rate_limits'))

async function loggedIn(headers: Record<string, string> = {}): Promise<Browser> {
  const browser = at.browser(headers)
  const answer = await browser.send('POST', '/api/v1/session', { body: owner })
  expect(answer.status).toBe(200)
  return browser
}

async function isIn(browser: Browser): Promise<boolean> {
  return (await browser.send('GET', '/api/v1/session')).status === 200
}

/** What is remembered of a session is believed for a moment. */
const moment = () => sleep(1_600)

describe('a session', () => {
  test('is under a new token at every log-in, and ends the one before', async () => {
    const browser = await loggedIn()
    const first = browser.cookies.get('foyer') ?? ''
    await browser.send('POST', '/api/v1/session', { body: owner })
    expect(browser.cookies.get('foyer')).not.toBe(first)
    const thief = at.browser()
    thief.cookies.set('foyer', first)
    expect(await isIn(thief)).toBe(false)
    expect(await isIn(browser)).toBe(true)
  })

  test('is not of a token that somebody planted', async () => {
    const browser = at.browser()
    browser.cookies.set('foyer', 'A'.repeat(43))
    await browser.send('POST', '/api/v1/session', { body: owner })
    expect(browser.cookies.get('foyer')).not.toBe('A'.repeat(43))
    for (const token of ['', 'x', 'A'.repeat(43), `${browser.cookies.get('foyer')}x`, 'null']) {
      const other = at.browser()
      other.cookies.set('foyer', token)
      expect((await other.send('GET', '/api/v1/session')).json.error.code).toBe('session.required')
    }
  })

  test('is stored as a hash', async () => {
    const browser = await loggedIn()
    const rows = JSON.stringify(await at.db.owner('select encode(token_hash, $1) from sessions', ['escape']))
    expect(rows).not.toContain(browser.cookies.get('foyer'))
  })

  test('ends after twelve hours of rest, and a use in between lengthens it', async () => {
    const [resting, used] = [await loggedIn(), await loggedIn()]
    await at.db.advance(11 * hour)
    await moment()
    expect(await isIn(used)).toBe(true)
    await at.db.advance(hour + 1)
    await moment()
    expect([await isIn(resting), await isIn(used)]).toEqual([false, true])
  })

  test('ends after seven days however much it is used', async () => {
    const browser = await loggedIn()
    await at.db.owner(`update sessions set last_seen_at = clock_now() + interval '6 days 23 hours'`)
    await at.db.advance(7 * 24 * hour - 60_000)
    await moment()
    expect(await isIn(browser)).toBe(true)
    await at.db.advance(60_000)
    await moment()
    expect(await isIn(browser)).toBe(false)
  })

  test('notes its use once a minute at most', async () => {
    const browser = await loggedIn()
    const seen = async () =>
      (await browser.send('GET', '/api/v1/me/sessions')).json.items.find(
        (one: { current: boolean }) => one.current,
      )?.lastSeenAt
    const first = await seen()
    await at.db.advance(50_000)
    await moment()
    expect(await seen()).toBe(first)
    await at.db.advance(11_000)
    await moment()
    expect(await seen()).not.toBe(first)
  })

  test('ends at once on logging out, wherever it was used', async () => {
    const browser = await loggedIn()
    const copy = at.browser()
    copy.cookies.set('foyer', browser.cookies.get('foyer') ?? '')
    expect(await isIn(copy)).toBe(true)
    const answer = await browser.send('DELETE', '/api/v1/session')
    expect(answer.headers.getSetCookie()[0]).toMatch(/^foyer=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/)
    expect([await isIn(copy), browser.cookies.has('foyer')]).toEqual([false, false])
  })

  test('ends within two seconds though no notice of it arrives', async () => {
    const browser = await loggedIn()
    expect(await isIn(browser)).toBe(true)
    await at.db.owner('delete from sessions')
    await sleep(1_900)
    expect(await isIn(browser)).toBe(false)
  })

  test('is of nobody who may no longer log in', async () => {
    const browser = await loggedIn()
    await at.db.owner('update operators set deactivated_at = clock_now()')
    await moment()
    expect(await isIn(browser)).toBe(false)
    const again = await at.browser().send('POST', '/api/v1/session', { body: owner })
    expect(again.json.error.code).toBe('session.credentials')
    await at.db.owner('update operators set deactivated_at = null')
  })
})

describe('the list of sessions', () => {
  test('shows where the operator is logged in, and ends any of them', async () => {
    await at.db.owner('delete from sessions')
    const mine = await loggedIn({
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    })
    const other = await loggedIn({
      'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0.0.0 Safari/537.36',
    })
    const { items } = (await mine.send('GET', '/api/v1/me/sessions')).json
    const found = items.find((one: { current: boolean }) => !one.current)
    expect(items).toHaveLength(2)
    expect(found).toMatchObject({ device: 'Chrome on Windows', current: false })
    expect((await mine.send('DELETE', `/api/v1/me/sessions/${found.id}`)).status).toBe(200)
    expect([await isIn(other), await isIn(mine)]).toEqual([false, true])
    const again = await mine.send('DELETE', `/api/v1/me/sessions/${found.id}`)
    expect([again.status, again.json.error.code]).toEqual([404, 'session.unknown'])
  })

  test('ends nobody else’s', async () => {
    const browser = await loggedIn()
    const [other] = await at.db.owner<{ id: string }>(`
      with someone as (insert into operators (organization_id, id, email, name, role)
        select id, gen_random_uuid(), 'other@example.com', 'Other', 'operator' from organizations returning *)
      insert into sessions (organization_id, id, operator_id, token_hash, device, expires_at)
        select organization_id, gen_random_uuid(), id, 'x', '', clock_now() + interval '1 day' from someone returning id`)
    const answer = await browser.send('DELETE', `/api/v1/me/sessions/${other?.id}`)
    expect(answer.json.error.code).toBe('session.unknown')
    expect(await at.db.owner('select id from sessions where id = $1', [other?.id])).toHaveLength(1)
  })
})

describe('a socket’s ticket', () => {
  const ticketOf = async (browser: Browser) =>
    (await browser.send('POST', '/api/v1/socket-tickets', { body: {} })).json.ticket as string
  const take = (ticket: string) =>
    at.app.database.run<{ operator_id: string }>({
      text: `select * from operator_of_ticket(sha256($1::bytea))`,
      values: [Buffer.from(ticket)],
    })

  test('is good once', async () => {
    const ticket = await ticketOf(await loggedIn())
    const taken = await Promise.all(Array.from({ length: 20 }, () => take(ticket)))
    expect(taken.filter((rows) => rows.length === 1)).toHaveLength(1)
  })

  test('is good for thirty seconds', async () => {
    const ticket = await ticketOf(await loggedIn())
    await at.db.advance(30_000)
    expect(await take(ticket)).toEqual([])
  })

  test('dies with its session', async () => {
    const browser = await loggedIn()
    const ticket = await ticketOf(browser)
    await browser.send('DELETE', '/api/v1/session')
    expect(await take(ticket)).toEqual([])
  })
})
