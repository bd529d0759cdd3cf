import { elapsed } from '@foyer/client/clock.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEnds, graceMs, type KeptEnd, undoMs } from './ends.ts'

// What is looked at of a head here; the rest is of no concern.
const head = (change: Partial<Head> = {}) =>
  ({ id: 'c1', n: 5, unread: 0, assigneeId: 'me', state: 'open', ...change }) as Head

const taken = () => vi.fn(async (_end: KeptEnd, _how: { leaving: boolean }): Promise<Head | null> => null)
const idsOf = (send: ReturnType<typeof taken>) => send.mock.calls.map(([{ id }]) => id)

/** One tab of a browser whose storage is `kept`. */
function open(kept: Map<string, string>, send = taken()) {
  const shown = new Set<string>()
  const onWritten = vi.fn()
  const ends = createEnds({
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
      key: (index) => [...kept.keys()][index] ?? null,
      get length() {
        return kept.size
      },
    },
    storageKey: 'ends',
    now: () => 1_000_000 + elapsed(),
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
  expect(send.mock.calls.map(([end]) => end)).toEqual([{ id: 'e1', conversationId: 'c1', seen: 5 }])
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

test('[A6 I7] a page that goes asks at once, and the one that comes asks again with the same id', async () => {
  const kept = new Map<string, string>()
  const gone = open(
    kept,
    taken().mockImplementation(() => new Promise(() => {})),
  )
  gone.ends.end(head(), 'e1')
  gone.ends.flush({ leaving: true })
  expect(gone.send.mock.calls[0]?.[1]).toEqual({ leaving: true })
  gone.ends.stop()
  const { ends, send } = open(kept)
  ends.flush()
  expect(send.mock.calls.map(([end]) => end)).toEqual([{ id: 'e1', conversationId: 'c1', seen: 5 }])
  await vi.advanceTimersByTimeAsync(0)
  expect(kept.size).toBe(0)
})

test('[A6 I7] what another living tab waits for is left to it', async () => {
  const kept = new Map<string, string>()
  const first = open(kept)
  first.ends.end(head(), 'e1')
  await vi.advanceTimersByTimeAsync(1_000)
  const second = open(kept)
  second.ends.flush()
  second.ends.flush({ leaving: true })
  await vi.advanceTimersByTimeAsync(1_000)
  expect([first.send.mock.calls.length, second.send.mock.calls.length]).toEqual([0, 0])
  expect(first.ends.undo('c1')).toBe(true)
  await vi.advanceTimersByTimeAsync(10 * undoMs)
  expect([first.send.mock.calls.length, second.send.mock.calls.length, kept.size]).toEqual([0, 0, 0])
})

test.each(['opened later', 'open all along'])(
  '[A6 I7] of a tab that died, one %s asks when its time is over',
  async (when) => {
    const kept = new Map<string, string>()
    const dead = open(kept)
    const { ends, send } = open(kept)
    dead.ends.end(head(), 'e1')
    if (when === 'open all along') ends.kept('ends:c1')
    dead.ends.stop()
    await vi.advanceTimersByTimeAsync(undoMs)
    if (when === 'opened later') ends.flush()
    expect(send.mock.calls.length).toBe(0)
    await vi.advanceTimersByTimeAsync(graceMs)
    expect([idsOf(send), kept.size]).toEqual([['e1'], 0])
  },
)

test('[A6 I7] tabs do not write over what others have kept', async () => {
  const kept = new Map<string, string>()
  const [first, second] = [open(kept), open(kept)]
  first.ends.end(head(), 'e1')
  second.ends.end(head({ id: 'c2' }), 'e2')
  first.ends.end(head({ id: 'c3' }), 'e3')
  first.ends.undo('c3')
  first.ends.stop()
  second.ends.stop()
  await vi.advanceTimersByTimeAsync(undoMs + graceMs)
  const { ends, send } = open(kept)
  ends.flush()
  await vi.advanceTimersByTimeAsync(0)
  expect([idsOf(send), kept.size]).toEqual([['e1', 'e2'], 0])
})

test('[A6 I15] who logs out sends what waits first, in whichever tab, and is not held up by a dead line', async () => {
  const kept = new Map<string, string>()
  open(kept).ends.end(head({ id: 'c2' }), 'e2')
  const { ends, send } = open(kept)
  ends.end(head(), 'e1')
  await ends.finish()
  expect([idsOf(send).sort(), kept.size]).toEqual([['e1', 'e2'], 0])
  ends.end(head(), 'e3')
  send.mockImplementationOnce(() => new Promise(() => {}))
  const finished = vi.fn()
  void ends.finish().then(finished)
  await vi.advanceTimersByTimeAsync(undoMs)
  expect([finished.mock.calls.length, kept.size]).toEqual([1, 1])
})

test('[A6 I15] refused because the contact has written, it is shown again and said', async () => {
  const kept = new Map<string, string>()
  const { ends, shown, send, onWritten } = open(kept)
  const now = head({ n: 9, unread: 1 })
  send.mockResolvedValueOnce(now)
  ends.end(head(), 'e1')
  await vi.advanceTimersByTimeAsync(3 * undoMs)
  expect([onWritten.mock.calls, idsOf(send), shown.size, kept.size]).toEqual([[[now]], ['e1'], 0, 0])
})

test('[A6 I7] without a line it stays kept and shown, and is asked for again', async () => {
  const kept = new Map<string, string>()
  const send = taken()
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
