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

test.each([
  ['no cursor', 'nonsense'],
  ['another list’s', writeCursor([1, 2, randomUUID()])],
  ['a time that is none', writeCursor(['yesterday', randomUUID()])],
  ['a day that is none', writeCursor(['2026-99-99 00:00:00+00', randomUUID()])],
  ['an id that is none', writeCursor(['2026-11-27 20:08:49+00', 'x'])],
])('%s is refused', (_, cursor) => {
  expect(() => readCursor(cursor, newestFirst)).toThrow(expect.objectContaining({ code: 'request.invalid' }))
})
