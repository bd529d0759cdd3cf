import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { createOutgoing, type Outgoing } from './outgoing.ts'

/** A line that takes what it is told to take. */
let unsent: { length: number; taken: () => void }[]
let outgoing: Outgoing
let full: number
let moved: number

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  unsent = []
  full = 0
  moved = 0
  const socket = {
    OPEN: 1,
    readyState: 1,
    get bufferedAmount() {
      return unsent.reduce((sum, { length }) => sum + length, 0)
    },
    send: (text: string, taken: () => void) => void unsent.push({ length: text.length, taken }),
  }
  outgoing = createOutgoing(
    socket as unknown as WebSocket,
    () => moved++,
    () => full++,
  )
})
afterEach(() => vi.useRealTimers())

function take(): void {
  unsent.shift()?.taken()
}

function isStuckAfter(seconds: number): boolean {
  vi.advanceTimersByTime(seconds * 1000)
  return outgoing.isStuck(performance.now())
}

test('a line that takes one frame every twenty seconds is slow and never stuck', () => {
  for (let n = 0; n < 10; n++) outgoing.send('x'.repeat(100_000))
  for (let n = 0; n < 10; n++) {
    expect(isStuckAfter(20)).toBe(false)
    take()
  }
  expect(outgoing.held()).toBe(0)
  expect(moved).toBe(10)
  expect(isStuckAfter(600)).toBe(false)
})

test('a line that takes nothing for thirty seconds is stuck, whatever it was sent; sooner where much waits', () => {
  outgoing.send('small')
  expect(isStuckAfter(29)).toBe(false)
  expect(isStuckAfter(2)).toBe(true)
  take()
  for (let n = 0; n < 20; n++) outgoing.send('x'.repeat(100_000))
  expect(isStuckAfter(4)).toBe(false)
  expect(isStuckAfter(2)).toBe(true)
})

test('the line is handed little at once, in order, and nobody is kept more than 8 MB', () => {
  outgoing.send('x'.repeat(65_536))
  outgoing.send('second')
  outgoing.send('third')
  expect(unsent).toHaveLength(1)
  expect(outgoing.isFlowing()).toBe(false)
  take()
  expect(unsent.map(({ length }) => length)).toEqual([6, 5])
  expect(outgoing.isFlowing()).toBe(true)
  for (let n = 0; n < 90; n++) outgoing.send('x'.repeat(100_000))
  expect(full).toBeGreaterThan(0)
})
