import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiFailure } from './api.ts'
import { createOutbox, type Outbox, type OutboxFiles, type OutboxItem, type OutboxStorage } from './outbox.ts'

/** A storage that outlives the outboxes on it, as a browser's does. */
function memoryStorage(): NonNullable<OutboxStorage> {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

const open: Outbox[] = []
function outbox(
  storage: OutboxStorage,
  send: (item: OutboxItem, signal: AbortSignal) => Promise<void>,
): Outbox {
  const made = createOutbox({ storage, storageKey: 'box', send })
  open.push(made)
  return made
}
const network = () => Promise.reject(new ApiFailure({ code: 'network', status: 0 }))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  for (const one of open.splice(0)) one.stop()
  vi.useRealTimers()
})

describe('what was written', () => {
  test('is sent one after the other within a conversation, and at once across conversations', async () => {
    const begun: string[] = []
    const ends: (() => void)[] = []
    const box = outbox(null, (item) => {
      begun.push(item.text)
      return new Promise((resolve) => ends.push(resolve))
    })
    for (const text of ['a1', 'a2', 'a3']) box.add({ conversationId: 'a', text })
    box.add({ conversationId: 'b', text: 'b1' })
    await vi.advanceTimersByTimeAsync(0)
    expect(begun).toEqual(['a1', 'b1'])
    for (let n = 0; n < 4; n++) {
      ends.shift()?.()
      await vi.advanceTimersByTimeAsync(0)
    }
    expect(begun).toEqual(['a1', 'b1', 'a2', 'a3'])
    expect(box.items()).toEqual([])
  })

  test('keeps its id and its order through any trouble that passes', async () => {
    const sent: string[] = []
    const ids = new Map<string, Set<string>>()
    let tries = 0
    const box = outbox(null, async (item) => {
      ids.set(item.text, (ids.get(item.text) ?? new Set()).add(item.id))
      tries++
      if (tries % 3 !== 0) return network()
      sent.push(item.text)
    })
    for (const text of ['1', '2', '3', '4']) box.add({ conversationId: 'c', text })
    await vi.advanceTimersByTimeAsync(600_000)
    expect(sent).toEqual(['1', '2', '3', '4'])
    for (const used of ids.values()) expect(used.size).toBe(1)
  })

  test('survives a crash between sending and acknowledgement, with its id', async () => {
    const storage = memoryStorage()
    const first = outbox(storage, () => new Promise(() => undefined))
    const item = first.add({ conversationId: 'c', text: 'precious' })
    await vi.advanceTimersByTimeAsync(0)
    expect(first.items()[0]?.state).toBe('sending')
    const again: OutboxItem[] = []
    outbox(storage, async (one) => void again.push(one))
    await vi.advanceTimersByTimeAsync(0)
    expect(again.map(({ id, text }) => [id, text])).toEqual([[item.id, 'precious']])
    expect(storage.length).toBe(0)
  })

  test('of two tabs neither overwrites the other’s', async () => {
    const storage = memoryStorage()
    const [one, two] = [outbox(storage, network), outbox(storage, network)]
    one.add({ conversationId: 'c', text: 'from one' })
    two.add({ conversationId: 'c', text: 'from two' })
    await vi.advanceTimersByTimeAsync(0)
    const third = outbox(storage, network)
    expect(
      third
        .items()
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['from one', 'from two'])
  })

  test('waits for a person when the server refuses it, and is sent again with the same id when asked', async () => {
    let refuse = true
    const ids: string[] = []
    const box = outbox(memoryStorage(), async (item) => {
      ids.push(item.id)
      if (refuse) throw new ApiFailure({ code: 'conversation.not_yours', status: 403 })
    })
    const item = box.add({ conversationId: 'c', text: 'no' })
    await vi.advanceTimersByTimeAsync(100_000)
    expect(box.items()).toMatchObject([{ state: 'failed', error: 'conversation.not_yours' }])
    refuse = false
    box.retry(item.id)
    await vi.advanceTimersByTimeAsync(0)
    expect(box.items()).toEqual([])
    expect(ids).toEqual([item.id, item.id])
  })

  test('goes at once when the connection is back, and no sooner than the server asks', async () => {
    let answer: () => Promise<void> = () =>
      Promise.reject(new ApiFailure({ code: 'request.too_many', status: 429, retryAfterMs: 40_000 }))
    let tries = 0
    const box = outbox(null, () => {
      tries++
      return answer()
    })
    box.add({ conversationId: 'c', text: 'patience' })
    await vi.advanceTimersByTimeAsync(39_000)
    expect(tries).toBe(1)
    answer = async () => undefined
    box.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(tries).toBe(2)
    expect(box.items()).toEqual([])
  })
})

describe('what hangs on a line that is gone', () => {
  test('is given up and sent again, with its id, when a new line stands', async () => {
    const sent: string[] = []
    const box = outbox(null, ({ id }, signal) => {
      sent.push(id)
      if (sent.length > 1) return Promise.resolve()
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
    box.add({ conversationId: 'a', text: 'hello' })
    await vi.advanceTimersByTimeAsync(2_000)
    box.wake()
    await vi.advanceTimersByTimeAsync(1_000)
    // What has only just been sent may well be on the new line.
    expect(sent).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(5_000)
    box.wake()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(sent).toHaveLength(2)
    expect(new Set(sent).size).toBe(1)
    expect(box.items()).toEqual([])
  })

  test('is told, so that the line can be looked at', async () => {
    let told = 0
    const box = createOutbox({ storage: null, storageKey: 'box', send: network, unreached: () => told++ })
    open.push(box)
    box.add({ conversationId: 'a', text: 'hello' })
    await vi.advanceTimersByTimeAsync(10)
    expect(told).toBe(1)
  })
})

describe('what is held', () => {
  test('is sent when its time is over, and can be taken back until then', async () => {
    const sent: string[] = []
    const box = outbox(null, async (item) => void sent.push(item.text))
    const first = box.add({ conversationId: 'c', text: 'no', holdMs: 10_000 })
    await vi.advanceTimersByTimeAsync(9_000)
    expect(sent).toEqual([])
    expect(box.takeBack(first.id)?.text).toBe('no')
    expect(box.items()).toEqual([])
    const second = box.add({ conversationId: 'c', text: 'yes', holdMs: 10_000 })
    await vi.advanceTimersByTimeAsync(10_001)
    expect(sent).toEqual(['yes'])
    expect(box.takeBack(second.id)).toBe(null)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toEqual(['yes'])
  })

  test('goes at once before what is written after it, and waits for no other conversation', async () => {
    const sent: string[] = []
    const box = outbox(null, async (item) => void sent.push(item.text))
    box.add({ conversationId: 'c', text: '1', holdMs: 30_000 })
    box.add({ conversationId: 'd', text: 'other' })
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toEqual(['other'])
    box.add({ conversationId: 'c', text: '2', holdMs: 30_000 })
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toEqual(['other', '1'])
    await vi.advanceTimersByTimeAsync(30_001)
    expect(sent).toEqual(['other', '1', '2'])
  })

  test('goes at once when it is released, and says whether the page goes away', async () => {
    const how: boolean[] = []
    const box = createOutbox({
      storage: null,
      storageKey: 'box',
      send: async (_item, _signal, { leaving }) => void how.push(leaving),
    })
    open.push(box)
    box.add({ conversationId: 'c', text: '1', holdMs: 30_000 })
    box.release({ conversationId: 'another' })
    await vi.advanceTimersByTimeAsync(0)
    expect(how).toEqual([])
    box.release({ leaving: true })
    box.add({ conversationId: 'd', text: '2', holdMs: 30_000 })
    box.release()
    await box.settled(1_000)
    expect(how).toEqual([true, false])
  })

  test('outlives the tab, and is not sent by another one when it was taken back', async () => {
    const storage = memoryStorage()
    const sent: string[] = []
    const first = outbox(storage, async (item) => void sent.push(`first ${item.text}`))
    const taken = first.add({ conversationId: 'c', text: 'taken back', holdMs: 10_000 })
    first.add({ conversationId: 'd', text: 'left behind', holdMs: 10_000 })
    const second = outbox(storage, async (item) => void sent.push(`second ${item.text}`))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(sent).toEqual([])
    first.takeBack(taken.id)
    first.stop()
    await vi.advanceTimersByTimeAsync(6_000)
    expect(sent).toEqual(['second left behind'])
    expect(second.items()).toEqual([])
    expect(storage.length).toBe(0)
  })
})

describe('files of messages', () => {
  const file = (id: string) => ({
    id,
    name: `${id}.png`,
    type: 'image/png',
    bytes: 9,
    shows: 'picture' as const,
  })

  /** Whoever brings files, as far as the outbox asks. */
  function bringer() {
    const verdicts = new Map<string, ReturnType<OutboxFiles['verdict']>>()
    const told: string[] = []
    let moved: () => void = () => undefined
    const files: OutboxFiles = {
      verdict: (ids) => ids.map((id) => verdicts.get(id) ?? 'wait').find((one) => one !== 'ready') ?? 'ready',
      retry: (ids) => void told.push(`retry ${ids}`),
      sent: (ids) => void told.push(`sent ${ids}`),
      drop: (ids) => void told.push(`drop ${ids}`),
      subscribe: (listener) => {
        moved = listener
        return () => undefined
      },
    }
    const say = (id: string, verdict: ReturnType<OutboxFiles['verdict']>) => {
      verdicts.set(id, verdict)
      moved()
    }
    return { files, told, say }
  }

  test('hold their message and those after it back, and nobody else', async () => {
    const { files, told, say } = bringer()
    const sent: string[] = []
    const box = createOutbox({
      storage: null,
      storageKey: 'box',
      files,
      send: async (item) => void sent.push(item.text),
    })
    open.push(box)
    box.add({ conversationId: 'a', text: 'with', files: [file('one'), file('two')] })
    box.add({ conversationId: 'a', text: 'after' })
    box.add({ conversationId: 'b', text: 'elsewhere' })
    await vi.advanceTimersByTimeAsync(10)
    expect(sent).toEqual(['elsewhere'])
    say('one', 'ready')
    await vi.advanceTimersByTimeAsync(10)
    expect(sent).toEqual(['elsewhere'])
    say('two', 'ready')
    await vi.advanceTimersByTimeAsync(10)
    expect(sent).toEqual(['elsewhere', 'with', 'after'])
    expect(told).toContain('sent one,two')
  })

  test('are waited for by whoever leaves, no longer than they will', async () => {
    const { files, say } = bringer()
    const box = createOutbox({ storage: null, storageKey: 'box', files, send: async () => undefined })
    open.push(box)
    let over = 0
    const leave = () => void box.settled(3_000).then(() => over++)
    box.add({ conversationId: 'a', text: 'with', files: [file('slow')] })
    leave()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(over).toBe(0)
    say('slow', 'ready')
    await vi.advanceTimersByTimeAsync(10)
    expect(over).toBe(1)
    box.add({ conversationId: 'a', text: 'with', files: [file('slower')] })
    leave()
    await vi.advanceTimersByTimeAsync(2_900)
    expect(over).toBe(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(over).toBe(2)
    expect(box.items()).toHaveLength(1)
  })

  test('that will not come are said on the message, which goes on without them, or is tried again', async () => {
    const { files, told, say } = bringer()
    const sent: { text: string; files: readonly string[] }[] = []
    const box = createOutbox({
      storage: null,
      storageKey: 'box',
      files,
      send: async ({ text, files = [] }) => void sent.push({ text, files: files.map(({ id }) => id) }),
    })
    open.push(box)
    const item = box.add({ conversationId: 'a', text: 'with', files: [file('good'), file('bad')] })
    const bare = box.add({ conversationId: 'a', text: '', files: [file('worse')] })
    say('good', 'ready')
    say('bad', 'file.infected')
    say('worse', 'file.quota')
    await vi.advanceTimersByTimeAsync(10)
    expect(box.items()).toMatchObject([
      { state: 'failed', error: 'file.infected' },
      { state: 'failed', error: 'file.quota' },
    ])
    box.retry(bare.id)
    expect(told).toContain('retry worse')
    box.leaveOut(item.id, 'bad')
    await vi.advanceTimersByTimeAsync(10)
    expect(sent).toEqual([{ text: 'with', files: ['good'] }])
    expect(told).toContain('drop bad')
    // Of a message that was nothing but its file nothing is left.
    box.leaveOut(bare.id, 'worse')
    expect(box.items()).toEqual([])
    expect(told).toContain('drop worse')
  })
})
