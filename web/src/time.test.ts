import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { clockTime, dayHeading, duration, fullTime, relativeTime, shortWhen } from './time.ts'

const now = new Date(2026, 10, 23, 15, 0).getTime()
const minute = 60_000
const hour = 60 * minute

const browser = (...languages: string[]) => vi.stubGlobal('navigator', { languages })
beforeEach(() => browser('en-US'))
afterEach(() => vi.unstubAllGlobals())

test('the first minute of a duration is not counted ahead', () => {
  expect(duration('en', 0)).toBe('<1 min')
  expect(duration('en', minute)).toBe('1 min')
  expect(duration('en', 60 * minute)).toBe('1 hr')
  expect(duration('en', 80 * minute)).toBe('1 hr 20 min')
  // Which of the narrow spaces stands in it is the browser's business.
  expect(duration('fr', 119 * minute).replace(/\s/g, ' ')).toBe('1 h 59 min')
  expect(duration('de', 7 * 60 * minute + 59 * minute)).toBe('7 Std.')
})

test('what was lately is told in words, what was long ago by its date', () => {
  expect(relativeTime('en', now - 10_000, now)).toBe('now')
  expect(relativeTime('en', now - 5 * minute, now)).toBe('5 minutes ago')
  expect(relativeTime('en', now - 3 * hour, now)).toBe('3 hours ago')
  expect(relativeTime('de', now - 20 * hour, now)).toBe('gestern')
  expect(relativeTime('fr', now - 3 * 24 * hour, now)).toBe('il y a 3 jours')
  expect(relativeTime('en', now - 20 * 24 * hour, now)).toBe('Nov 3, 2026')
})

test('a clock ahead of the server tells of no future', () => {
  expect(relativeTime('en', now + hour, now)).toBe('now')
})

test('a time never breaks before AM or PM', () => {
  expect(clockTime('en', now)).toMatch(/^3:00[\u00a0\u202f]PM$/u)
  expect(fullTime('en', now)).toMatch(/3:00[\u00a0\u202f]PM$/u)
})

test('dates and times are written as in the browser’s region, not as in America', () => {
  const at = new Date(2026, 10, 22, 18, 57).getTime()
  const later = now + 10 * 24 * hour
  const said = () => [clockTime('en', at), shortWhen('en', at, later), dayHeading('en', at, later)]
  expect(said()).toEqual([expect.stringMatching(/^6:57\sPM$/u), 'Nov 22', 'Sun, November 22'])
  browser('en-GB')
  expect(said()).toEqual(['18:57', '22 Nov', 'Sun 22 November'])
  expect(fullTime('en', at)).toBe('22 Nov 2026, 18:57')
  browser('de-DE')
  expect(said()).toEqual(['18:57', '22 Nov', 'Sun, 22 November'])
  browser('en-AU')
  expect(clockTime('en', at)).toMatch(/^6:57[\u00a0\u202f]pm$/u)
})
