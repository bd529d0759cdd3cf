import type { Head } from '@foyer/contract/conversations.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEnds, type KeptEnd, undoMs } from './ends.ts'

// What is looked at of a head here; the rest is of no concern.
const head = (change: Partial<Head> = {}) =>
  ({ id: 'c1', n: 5, unread: 0, assigneeId: 'me', state: 'open', ...change }) as Head

function open(kept: Map<string, string>, send = vi.fn(async (_end: KeptEnd) => {})) {
  const shown = new Set<string>()
  const onWritten = vi.fn()
  const ends = createEnds({
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    storageKey: 'ends',
    show: ({ id }) => {
      shown.add(id)
      return () => shown.delete(id)
    },
    send,
    onWritten,
  })
  return { ends, shown, send, onWritten }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('[A6 I7] an end is shown at once, asked for when it can no longer be undone, and once', async () => {
  const kept = new Map<string, string>()
  const { ends, shown, send } = open(kept)
  ends.end(head(), 'e1')
  expect([shown.has('c1'), send.mock.calls.length]).toEqual([true, 0])
  await vi.advanceTimersByTimeAsync(undoMs)
  expect(send.mock.calls.map(([end]) => end)).toEqual([{ id: 'e1', conversationId: 'c1' }])
  expect([shown.size, kept.size]).toEqual([0, 0])
  expect(ends.undo('c1')).toBe(false)
})

test('[A6 I7] undone in time, nobody is asked for anything', async () => {
  const kept = new Map<string, string>()
  const { ends, shown, send } = open(kept)
  ends.end(head(), 'e1')
  expect(ends.undo('c1')).toBe(true)
  await vi.advanceTimersByTimeAsync(2 * undoMs)
  expect([send.mock.calls.length, shown.size, kept.size]).toEqual([0, 0, 0])
})

test('[A6 I7] a page that is loaded again asks at once for what was kept, with the same id', async () => {
  const kept = new Map<string, string>()
  open(kept).ends.end(head(), 'e1')
  const { ends, send } = open(kept)
  ends.flush()
  expect(send.mock.calls.map(([end]) => end)).toEqual([{ id: 'e1', conversationId: 'c1' }])
  await vi.advanceTimersByTimeAsync(0)
  expect(kept.size).toBe(0)
})

test('[A6 I7] without a line it stays kept and shown, and is asked for again', async () => {
  const kept = new Map<string, string>()
  const send = vi.fn(async (_end: KeptEnd) => {})
  send.mockRejectedValueOnce(new Error('network'))
  const { ends, shown } = open(kept, send)
  ends.end(head(), 'e1')
  await vi.advanceTimersByTimeAsync(undoMs)
  expect([shown.has('c1'), kept.size]).toEqual([true, 1])
  send.mockRejectedValueOnce(new Error('network'))
  ends.flush()
  await vi.advanceTimersByTimeAsync(0)
  expect([send.mock.calls.length, shown.has('c1'), kept.size]).toEqual([2, true, 1])
  // Nobody says so when only the answer was missing.
  await vi.advanceTimersByTimeAsync(2 * undoMs)
  expect([send.mock.calls.length, shown.size, kept.size]).toEqual([3, 0, 0])
})

test('[A6 I15] a contact who writes meanwhile is not answered with an end; who only reads changes nothing', async () => {
  const kept = new Map<string, string>()
  const { ends, shown, send, onWritten } = open(kept)
  ends.end(head(), 'e1')
  ends.hear(head({ n: 6 }))
  expect(shown.has('c1')).toBe(true)
  ends.hear(head({ n: 7, unread: 1 }))
  await vi.advanceTimersByTimeAsync(2 * undoMs)
  expect([onWritten.mock.calls.length, send.mock.calls.length, shown.size, kept.size]).toEqual([1, 0, 0, 0])
})
