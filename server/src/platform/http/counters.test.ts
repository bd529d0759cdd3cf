import { afterEach, expect, test, vi } from 'vitest'
import { createCounters } from './counters.ts'

afterEach(() => vi.restoreAllMocks())

test('a subject is counted until its time is over, then anew', () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0)
  const counters = createCounters(1_000)
  expect([counters.count('a').points, counters.count('a').points, counters.count('b').points]).toEqual([
    1, 2, 1,
  ])
  now.mockReturnValue(999)
  expect(counters.count('a').points).toBe(3)
  now.mockReturnValue(1_000)
  expect(counters.count('a').points).toBe(1)
  expect(counters.size).toBe(1)
})

test('there are never more than there may be, and a new one looks at no others than those it puts away', () => {
  const counters = createCounters(60_000, 100)
  const looked = vi.spyOn(Map.prototype, 'delete')
  for (let n = 0; n < 5_000; n++) counters.count(`subject ${n}`)
  expect(counters.size).toBe(100)
  // Each puts away itself, if it were there, and one other.
  expect(looked.mock.calls.length).toBeLessThanOrEqual(10_000)
  looked.mockRestore()
  expect(counters.count('subject 4999').points).toBe(2)
})
