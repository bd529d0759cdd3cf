import type { FileShown } from '@foyer/contract/entries/file.ts'
import type { ErrorCode } from '@foyer/contract/errors.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { ApiFailure } from './api.ts'
import { backoff } from './backoff.ts'
import { elapsed, serverNow } from './clock.ts'
import { newId } from './ids.ts'

/** A message someone wrote and the server has not acknowledged. Its id never changes, so it can be sent again safely. */
export type OutboxItem = {
  id: string
  conversationId: string
  text: string
  /** What goes with it, in its order: uploads by their ids, and what they are as far as the browser knows. */
  files?: readonly FileShown[]
  /** When it was written, in milliseconds since 1970 by the server's clock; for display and order only. */
  at: number
  /** Set when this message starts the conversation. */
  start?: { widgetKey: string; locale?: Locale; groupId?: string; agreed?: boolean }
  state: 'waiting' | 'sending' | 'failed'
  /** Why it waits or failed. */
  error?: ErrorCode | 'network'
}

/** What the outbox asks of whoever brings files to the server. */
export type OutboxFiles = {
  /** Whether they can be part of a message; a code: one of them will not come by itself. */
  verdict(ids: readonly string[]): 'ready' | 'wait' | ErrorCode | 'network'
  /** Tries those again that will not come by themselves. */
  retry(ids: readonly string[]): void
  /** The server has the message they are part of. */
  sent(ids: readonly string[]): void
  /** Nobody wants them any more. */
  drop(ids: readonly string[]): void
  /** Calls back when one has moved on. */
  subscribe(listener: () => void): () => void
}

/** What has been under way for longer than this when a new line stands was sent over the old one. */
const hangingMs = 3_000

/** Where unacknowledged messages outlive a reload. `localStorage` fits; null keeps them in memory only. */
export type OutboxStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'> | null

export type Outbox = {
  items(): readonly OutboxItem[]
  add(message: Pick<OutboxItem, 'conversationId' | 'text' | 'files' | 'start'>): OutboxItem
  /** Sends a failed message again, with the same id. */
  retry(id: string): void
  /** Sends a message without one of its files; one of which nothing is left then is discarded. */
  leaveOut(id: string, fileId: string): void
  discard(id: string): void
  subscribe(listener: () => void): () => void
  /** Tries what waits at once; called when the connection is back. */
  wake(): void
  stop(): void
}

/**
 * Holds what was written until the server says it is kept. One message per conversation is under way at a time, so what
 * was typed as a, b, c is stored as a, b, c; trouble that passes is retried without end, anything else waits for a person.
 */
export function createOutbox(options: {
  storage: OutboxStorage
  /** Under which prefix the items are stored, each under its own key so that tabs do not overwrite each other; one per person. */
  storageKey: string
  /** Is told by the signal when a new line stands while it still waits on an old one: it is then sent again. */
  send: (item: OutboxItem, signal: AbortSignal) => Promise<void>
  /** Who brings the files of messages; where there is nobody, no message has any. */
  files?: OutboxFiles
  /** A message did not get through. */
  unreached?: () => void
}): Outbox {
  let items: readonly OutboxItem[] = load()
  const listeners = new Set<() => void>()
  /** What is under way, by conversation: since when, and how to give it up. */
  const sending = new Map<string, { since: number; giveUp: AbortController }>()
  const attempts = new Map<string, number>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  let stopped = false
  const unsubscribe = options.files?.subscribe(pump)
  queueMicrotask(pump)

  function load(): readonly OutboxItem[] {
    try {
      const kept: OutboxItem[] = []
      for (let index = 0; index < (options.storage?.length ?? 0); index++) {
        const key = options.storage?.key(index)
        if (!key?.startsWith(`${options.storageKey}:`)) continue
        kept.push(JSON.parse(options.storage?.getItem(key) ?? '') as OutboxItem)
      }
      kept.sort((a, b) => a.at - b.at)
      return kept.map((item) => (item.state === 'sending' ? { ...item, state: 'waiting' } : item))
    } catch {
      return []
    }
  }

  function save(next: readonly OutboxItem[]): void {
    const before = items
    items = next
    try {
      for (const item of next) {
        if (!before.includes(item)) options.storage?.setItem(keyOf(item.id), JSON.stringify(item))
      }
      for (const item of before) {
        if (!next.some((other) => other.id === item.id)) options.storage?.removeItem(keyOf(item.id))
      }
    } catch {
      // Storage is full or blocked: the items live on in memory.
    }
    for (const listener of [...listeners]) listener()
  }

  function keyOf(id: string): string {
    return `${options.storageKey}:${id}`
  }

  function update(id: string, change: Partial<OutboxItem>): void {
    save(items.map((item) => (item.id === id ? { ...item, ...change } : item)))
  }

  function pump(): void {
    if (stopped) return
    const busy = new Set<string>(sending.keys())
    for (const item of items) {
      if (item.state === 'failed' || busy.has(item.conversationId)) continue
      const verdict = options.files && item.files ? options.files.verdict(idsOf(item)) : 'ready'
      if (verdict !== 'ready' && verdict !== 'wait') {
        // Not while the list is walked; what is said next may go.
        queueMicrotask(() => fail(item.id, verdict))
        continue
      }
      busy.add(item.conversationId)
      if (verdict === 'ready' && !timers.has(item.id)) void deliver(item)
    }
  }

  function fail(id: string, error: ErrorCode | 'network'): void {
    const item = items.find((other) => other.id === id)
    if (!item || item.state === 'failed') return
    update(id, { state: 'failed', error })
    pump()
  }

  async function deliver(item: OutboxItem): Promise<void> {
    const giveUp = new AbortController()
    sending.set(item.conversationId, { since: elapsed(), giveUp })
    update(item.id, { state: 'sending' })
    try {
      await options.send(item, giveUp.signal)
      attempts.delete(item.id)
      save(items.filter((other) => other.id !== item.id))
      options.files?.sent(idsOf(item))
    } catch (failure) {
      const known = failure instanceof ApiFailure
      if (!known || failure.code === 'network') options.unreached?.()
      if (known && !failure.retryable) update(item.id, { state: 'failed', error: failure.code })
      else postpone(item, known ? failure : null)
    } finally {
      sending.delete(item.conversationId)
      pump()
    }
  }

  function postpone(item: OutboxItem, failure: ApiFailure | null): void {
    const attempt = attempts.get(item.id) ?? 0
    attempts.set(item.id, attempt + 1)
    update(item.id, { state: 'waiting', error: failure?.code ?? 'network' })
    const wait = Math.max(failure?.retryAfterMs ?? 0, backoff(attempt))
    timers.set(
      item.id,
      setTimeout(() => {
        timers.delete(item.id)
        pump()
      }, wait),
    )
  }

  function discard(id: string): void {
    clearTimeout(timers.get(id))
    timers.delete(id)
    const item = items.find((other) => other.id === id)
    save(items.filter((other) => other !== item))
    if (item?.files) options.files?.drop(idsOf(item))
    pump()
  }

  return {
    items: () => items,
    add({ conversationId, text, files, start }) {
      const item: OutboxItem = {
        id: newId(),
        conversationId,
        text,
        ...(files && files.length > 0 ? { files } : {}),
        at: Math.max(serverNow(), (items.at(-1)?.at ?? 0) + 1),
        ...(start ? { start } : {}),
        state: 'waiting',
      }
      save([...items, item])
      pump()
      return item
    },
    retry(id) {
      const item = items.find((other) => other.id === id)
      if (item?.files) options.files?.retry(idsOf(item))
      save(items.map((item) => (item.id === id ? withoutError(item) : item)))
      pump()
    },
    leaveOut(id, fileId) {
      const item = items.find((other) => other.id === id)
      if (!item) return
      const files = item.files?.filter((file) => file.id !== fileId) ?? []
      if (files.length === 0 && item.text === '') return discard(id)
      const { files: _, ...rest } = withoutError(item)
      const left: OutboxItem = files.length > 0 ? { ...rest, files } : rest
      save(items.map((other) => (other.id === id ? left : other)))
      options.files?.drop([fileId])
      pump()
    },
    discard,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    wake() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      // What hangs on a line that is gone would hang there until it is given up.
      for (const { since, giveUp } of sending.values()) if (elapsed() - since > hangingMs) giveUp.abort()
      pump()
    },
    stop() {
      stopped = true
      unsubscribe?.()
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}

function idsOf(item: OutboxItem): readonly string[] {
  return item.files?.map(({ id }) => id) ?? []
}

function withoutError(item: OutboxItem): OutboxItem {
  const { error: _, ...rest } = item
  return { ...rest, state: 'waiting' }
}
