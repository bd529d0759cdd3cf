import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createReading } from './reading.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what comes together is said together, and once', async () => {
  const send = vi.fn(async () => {})
  const reading = createReading(send)
  reading.note('a', { delivered: 3 })
  reading.note('a', { delivered: 5 })
  reading.note('a', { read: 5 })
  await vi.advanceTimersByTimeAsync(300)
  expect(send.mock.calls).toEqual([['a', { delivered: 5, read: 5 }]])
  reading.note('a', { delivered: 4, read: 5 })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(send).toHaveBeenCalledTimes(1)
})

test('what failed is said again', async () => {
  const send = vi.fn(async () => {}).mockRejectedValueOnce(new Error('network'))
  const reading = createReading(send)
  reading.note('a', { read: 2 })
  await vi.advanceTimersByTimeAsync(300)
  await vi.advanceTimersByTimeAsync(6_000)
  expect(send).toHaveBeenCalledTimes(2)
})
