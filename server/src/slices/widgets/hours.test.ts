import type { Hours } from '@foyer/contract/hours.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { serviceAt, wrongHours } from './model.ts'

const always = [{ from: '00:00', to: '24:00' }]
const office = [
  { from: '09:00', to: '12:30' },
  { from: '13:30', to: '17:00' },
]
const week = (intervals: Hours['week'][number], weekend: Hours['week'][number] = []): Hours['week'] =>
  Array.from({ length: 7 }, (_, day) => (day < 5 ? intervals : weekend))
const at = (hours: Hours, moment: string) => {
  const { open, changesAt } = serviceAt(hours, Date.parse(moment))
  return [open, changesAt === null ? null : new Date(changesAt).toISOString()]
}
/** How often a calendar and clock are looked at for an answer: what makes it dear. */
function looksOf(hours: Hours): number {
  const Real = Intl.DateTimeFormat
  let looks = 0
  class Counted {
    private readonly real: Intl.DateTimeFormat
    constructor(...given: ConstructorParameters<typeof Intl.DateTimeFormat>) {
      this.real = new Real(...given)
    }
    format(moment: number): string {
      looks++
      return this.real.format(moment)
    }
  }
  // Of what Intl offers the model uses `format` alone.
  const spy = vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(Counted as never)
  try {
    serviceAt({ ...hours, zone: likeBerlin.pop() ?? '' }, Date.parse('2026-07-03T12:00:00Z'))
  } finally {
    spy.mockRestore()
  }
  return looks
}
// One for each time it is asked: what is made of a name is remembered.
const likeBerlin = ['Paris', 'Rome', 'Vienna', 'Madrid', 'Prague', 'Oslo', 'Zurich', 'Brussels'].map(
  (city) => `Europe/${city}`,
)

const berlin: Hours = { zone: 'Europe/Berlin', week: week(office), dates: [] }

describe('[X1] business hours', () => {
  test.each([
    // A Friday in summer: two hours ahead of UTC.
    ['2026-07-03T06:59:59Z', false, '2026-07-03T07:00:00.000Z'],
    ['2026-07-03T07:00:00Z', true, '2026-07-03T10:30:00.000Z'],
    ['2026-07-03T10:30:00Z', false, '2026-07-03T11:30:00.000Z'],
    ['2026-07-03T15:00:00Z', false, '2026-07-06T07:00:00.000Z'],
    // Over the end of summer time: the same clock, another hour of UTC.
    ['2026-10-23T20:00:00Z', false, '2026-10-26T08:00:00.000Z'],
  ])('office hours at %s', (moment, open, changesAt) => {
    expect(at(berlin, moment)).toEqual([open, changesAt])
  })

  test('a holiday goes before the week, and so does a day of other hours', () => {
    const hours = {
      ...berlin,
      dates: [
        { date: '2026-12-25', name: 'Christmas', intervals: [] },
        { date: '2026-12-26', name: 'Emergencies', intervals: [{ from: '10:00', to: '11:00' }] },
      ],
    }
    expect(at(hours, '2026-12-25T09:00:00Z')).toEqual([false, '2026-12-26T09:00:00.000Z'])
    expect(at(hours, '2026-12-26T09:30:00Z')).toEqual([true, '2026-12-26T10:00:00.000Z'])
    expect(at(hours, '2026-12-26T10:00:00Z')).toEqual([false, '2026-12-28T08:00:00.000Z'])
  })

  test('days that meet at midnight are one; never open and always open change nothing', () => {
    const hours = { ...berlin, week: week(always) }
    expect(at(hours, '2026-07-02T12:00:00Z')).toEqual([true, '2026-07-03T22:00:00.000Z'])
    expect(at({ ...berlin, week: week([]) }, '2026-07-02T12:00:00Z')).toEqual([false, null])
    expect(at({ ...berlin, week: week(always, always) }, '2026-07-02T12:00:00Z')).toEqual([true, null])
  })

  test('an interval whose beginning the clock jumps over opens at the jump; one that comes twice is open twice', () => {
    const night = {
      ...berlin,
      week: week([{ from: '02:30', to: '03:30' }], [{ from: '02:30', to: '03:30' }]),
    }
    expect(at(night, '2026-03-29T00:00:00Z')).toEqual([false, '2026-03-29T01:00:00.000Z'])
    expect(at(night, '2026-03-29T01:00:00Z')).toEqual([true, '2026-03-29T01:30:00.000Z'])
    expect(at(night, '2026-10-25T00:00:00Z')).toEqual([false, '2026-10-25T00:30:00.000Z'])
    expect(at(night, '2026-10-25T00:30:00Z')).toEqual([true, '2026-10-25T01:00:00.000Z'])
    expect(at(night, '2026-10-25T01:00:00Z')).toEqual([false, '2026-10-25T01:30:00.000Z'])
  })

  test('what opens around the clock, in however many intervals, costs no more than office hours', () => {
    // A whole day in ten parts, and the same with a holiday now and then for a year.
    const clocks = ['00:00', '02:00', '04:00', '06:00', '08:00', '10:00', '12:00', '15:00', '18:00', '21:00']
    const parts = clocks.map((from, index) => ({ from, to: clocks[index + 1] ?? '24:00' }))
    const dates = Array.from({ length: 200 }, (_, n) => ({
      date: new Date(Date.parse('2026-07-04') + n * 2 * 86_400_000).toISOString().slice(0, 10),
      name: '',
      intervals: parts,
    }))
    const closed = dates.map((date) => ({ ...date, intervals: [] }))
    const office9 = looksOf({ ...berlin, week: week([{ from: '09:00', to: '17:00' }]) })
    expect(office9).toBeGreaterThan(0)
    for (const hours of [
      { ...berlin, week: week(always, always) },
      { ...berlin, week: week(parts, parts) },
      { ...berlin, week: week(parts, parts), dates },
      { ...berlin, week: week([]), dates: closed },
    ])
      expect(looksOf(hours)).toBeLessThanOrEqual(2 * office9)
    // Ten intervals with gaps between them, and a week that begins in six months.
    const apart = parts.map(({ from }) => ({ from, to: `${from.slice(0, 3)}59` }))
    expect(looksOf({ ...berlin, week: week(apart, apart), dates })).toBeLessThanOrEqual(10 * office9)
    const far = [{ date: '2027-01-11', name: '', intervals: office }]
    expect(looksOf({ ...berlin, week: week([]), dates: far })).toBeLessThanOrEqual(2 * office9)
    expect(at({ ...berlin, week: week([]), dates: far }, '2026-07-03T12:00:00Z')).toEqual([
      false,
      '2027-01-11T08:00:00.000Z',
    ])
  })

  test('what is refused', () => {
    const interval = (from: string, to: string) => ({ from, to })
    expect(wrongHours(berlin)).toEqual([])
    expect(wrongHours({ ...berlin, zone: 'Europe/Nowhere' })).toEqual(['zone'])
    for (const day of [
      [interval('10:00', '09:00')],
      [interval('10:00', '10:00')],
      [interval('09:00', '12:00'), interval('11:00', '13:00')],
      [interval('13:00', '14:00'), interval('09:00', '10:00')],
    ])
      expect(wrongHours({ ...berlin, week: week(day) })).toEqual(['intervals'])
    const twice = { date: '2026-12-25', name: 'Twice', intervals: [] }
    expect(wrongHours({ ...berlin, dates: [twice, twice] })).toEqual(['dates'])
  })
})

describe('[X1] business hours as the database sees them', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await createTestDatabase()
  })
  afterAll(() => db.close())

  const clock = fc.integer({ min: 0, max: 24 * 12 }).map((fives) => {
    const minutes = fives * 5
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  })
  const day = fc.uniqueArray(clock, { maxLength: 6 }).map((clocks) => {
    const sorted = clocks.toSorted()
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => ({
      from: sorted[2 * index] ?? '',
      to: sorted[2 * index + 1] ?? '',
    }))
  })
  const hoursOf = fc.record({
    zone: fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'America/Santiago',
      'UTC',
    ),
    week: fc.array(day, { minLength: 7, maxLength: 7 }),
    dates: fc.uniqueArray(
      fc.record({
        date: fc.constantFrom('2026-03-29', '2026-10-25', '2026-11-01', '2026-04-05', '2026-06-01'),
        name: fc.constant(''),
        intervals: day,
      }),
      { selector: ({ date }) => date, maxLength: 3 },
    ),
  })
  // Weeks in which some clock or other is changed, and one in which none is.
  const moment = fc
    .record({
      around: fc.constantFrom(
        '2026-03-29',
        '2026-10-25',
        '2026-11-01',
        '2026-04-05',
        '2026-09-06',
        '2026-06-01',
      ),
      minutes: fc.integer({ min: -4_000, max: 4_000 }),
    })
    .map(({ around, minutes }) => Date.parse(`${around}T00:00:00Z`) + minutes * 60_000)

  test('both say the same; what changes next changes then and not before', async () => {
    await fc.assert(
      fc.asyncProperty(hoursOf, moment, async (hours, now) => {
        expect(wrongHours(hours)).toEqual([])
        const { open, changesAt } = serviceAt(hours, now)
        const between =
          changesAt === null ? [] : [0.1, 0.5, 0.9].map((share) => now + (changesAt - now) * share)
        const moments = [now, ...between, ...(changesAt === null ? [] : [changesAt - 1_000, changesAt])]
        const rows = await db.owner<{ open: boolean }>(
          `select is_open($1, m) as open from unnest($2::timestamptz[]) with ordinality as t (m, n) order by n`,
          [JSON.stringify(hours), moments.map((each) => new Date(each).toISOString())],
        )
        const said = rows.map((row) => row.open)
        expect(said).toEqual(moments.map((each) => (changesAt !== null && each >= changesAt ? !open : open)))
      }),
      { numRuns: 300 },
    )
  })
})
