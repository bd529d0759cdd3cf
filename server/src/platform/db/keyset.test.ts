import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { newestFirst, readCursor, writeCursor } from './keyset.ts'

test('a place comes back as it was written', () => {
  const place: [string, string] = ['2026-11-27 20:08:49.123456+00', randomUUID()]
  expect(readCursor(writeCursor(place), newestFirst)).toEqual(place)
  const ranked: [number, number, string] = [2, -1.5, randomUUID()]
  expect(readCursor(writeCursor(ranked), [-2, 0, newestFirst[1]])).toEqual(ranked)
  expect(readCursor(undefined, newestFirst)).toEqual(newestFirst)
})

test.each(['+00', '+02', '-03:30', '+05:45', '-00:01:15'])('a time is one in the zone %s, too', (zone) => {
  const place: [string, string] = [`2024-02-29 23:59:59.5${zone}`, randomUUID()]
  expect(readCursor(writeCursor(place), newestFirst)).toEqual(place)
})

test('a list may say more of its values', () => {
  const cursor = writeCursor([1.5, 0, randomUUID()])
  const start: [number, number, string] = [0, 0, newestFirst[1]]
  expect(readCursor(cursor, start)).toHaveLength(3)
  expect(() => readCursor(cursor, start, ([first]) => Number.isInteger(first))).toThrow(
    expect.objectContaining({ code: 'request.invalid' }),
  )
})

test.each([
  ['no cursor', 'nonsense'],
  ['another list’s', writeCursor([1, 2, randomUUID()])],
  ['a time that is none', writeCursor(['yesterday', randomUUID()])],
  ['a day that is none', writeCursor(['2026-99-99 00:00:00+00', randomUUID()])],
  ['a day that its month lacks', writeCursor(['2020-02-30 00:00:00+00', randomUUID()])],
  ['a leap day of another year', writeCursor(['2100-02-29 00:00:00+00', randomUUID()])],
  ['a time without its zone', writeCursor(['2020-01-01 00:00:00', randomUUID()])],
  ['a number', writeCursor(['0000000001', randomUUID()])],
  ['a clock', writeCursor(['12:00:00 1', randomUUID()])],
  ['an hour beyond the day', writeCursor(['2020-01-01 24:00:00+00', randomUUID()])],
  ['a second too many', writeCursor(['2020-01-01 23:59:60+00', randomUUID()])],
  ['a zone that is none', writeCursor(['2020-01-01 00:00:00+99', randomUUID()])],
  ['the year 0', writeCursor(['0000-01-01 00:00:00+00', randomUUID()])],
  ['a year of five digits', writeCursor(['10000-01-01 00:00:00+00', randomUUID()])],
  ['what comes after all', writeCursor(['infinity', randomUUID()])],
  ['more digits than are counted', writeCursor(['2020-01-01 00:00:00.1234567+00', randomUUID()])],
  ['an id that is none', writeCursor(['2026-11-27 20:08:49+00', 'x'])],
])('%s is refused', (_, cursor) => {
  expect(() => readCursor(cursor, newestFirst)).toThrow(expect.objectContaining({ code: 'request.invalid' }))
})
