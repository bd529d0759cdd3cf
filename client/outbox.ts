import type { FileShown } from '@foyer/contract/entries/file.ts'
import type { ErrorCode } from '@foyer/contract/errors.ts'
import type { Saying } from '@foyer/contract/rich-text/saying.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
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
  /** What the text is made of, where it is formatted. */
  content?: RichText
  /** The macros that it is made of. */
  macroIds?: string[]
  /** What goes with it, in its order: uploads by their ids, and what they are as far as the browser knows. */
  files?: readonly FileShown[]
  /** When it was written, in milliseconds since 1970 by the server's clock; for display and order only. */
  at: number
  /** Set when this message starts the conversation. */
  start?: { widgetKey: string; locale?: Locale; groupId?: string; agreed?: boolean }
  /** Until then it can be taken back, in milliseconds since 1970 by the server's clock; it is not sent before. */
  heldUntil?: number
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
  /** `holdMs`: for so long it can be taken back. What is held of the same conversation goes first, and at once. */
  add(
    message: Saying &
      Pick<OutboxItem, 'conversationId' | 'files' | 'macroIds' | 'start'> & { holdMs?: number },
  ): OutboxItem
  /** Takes a held message back; null where it is too late. */
  takeBack(id: string): OutboxItem | null
  /** Sends what is held at once: of one conversation, or of all; `leaving`: the page goes away. */
  release(of?: { conversationId?: string; leaving?: boolean }): void
  /** Sends a failed message again, with the same id. */
  retry(id: string): void
  /** Sends a message without one of its files; one of which nothing is left then is discarded. */
  leaveOut(id: string, fileId: string): void
  discard(id: string): void
  subscribe(listener: () => void): () => void
  /** Resolves when all is sent but what waits for better times, at the latest after `ms`. */
  settled(ms: number): Promise<void>
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
  send: (item: OutboxItem, signal: AbortSignal, how: { leaving: boolean }) => Promise<void>
  /** Who brings the files of messages; where there is nobody, no message has any. */
  files?: OutboxFiles
  /** A message did not get through. */
  unreached?: () => void
}): Outbox {
  let items: readonly OutboxItem[] = load()
  /** What was there from before, or is another tab's. */
  const found = new Set(items.map(({ id }) => id))
  const listeners = new Set<() => void>()
  /** What is under way, by conversation: since when, and how to give it up. */
  const sending = new Map<string, { since: number; giveUp: AbortController }>()
  const attempts = new Map<string, number>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  let leaving = false
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
      if (verdict === 'wait' || timers.has(item.id)) continue
      const left = (item.heldUntil ?? 0) - serverNow()
      if (left > 0) later(item, left)
      else if (item.heldUntil !== undefined && found.has(item.id) && isTakenBack(item))
        return discard(item.id)
      else void deliver(item)
    }
  }

  function later({ id }: OutboxItem, ms: number): void {
    timers.set(
      id,
      setTimeout(() => {
        timers.delete(id)
        pump()
      }, ms),
    )
  }

  /** In the tab that it was written in. */
  function isTakenBack({ id }: OutboxItem): boolean {
    try {
      return options.storage?.getItem(keyOf(id)) === null
    } catch {
      return false
    }
  }

  function release({
    conversationId,
    leaving: isLeaving = false,
  }: Parameters<Outbox['release']>[0] = {}): void {
    const isMeant = (item: OutboxItem) =>
      item.heldUntil !== undefined &&
      item.state === 'waiting' &&
      item.conversationId === (conversationId ?? item.conversationId)
    const held = items.filter(isMeant)
    if (held.length === 0) return
    for (const { id } of held) {
      clearTimeout(timers.get(id))
      timers.delete(id)
    }
    save(items.map((item) => (held.includes(item) ? withoutHold(item) : item)))
    leaving = isLeaving
    pump()
    leaving = false
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
      await options.send(item, giveUp.signal, { leaving })
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
    later(item, wait)
  }

  /** Its files stay with whoever brings them. */
  function remove(id: string): OutboxItem | undefined {
    clearTimeout(timers.get(id))
    timers.delete(id)
    const item = items.find((other) => other.id === id)
    save(items.filter((other) => other !== item))
    pump()
    return item
  }

  function discard(id: string): void {
    const item = remove(id)
    if (item?.files) options.files?.drop(idsOf(item))
  }

  return {
    items: () => items,
    add({ conversationId, text, content, files, macroIds, start, holdMs = 0 }) {
      release({ conversationId })
      const item: OutboxItem = {
        id: newId(),
        conversationId,
        text,
        ...(content ? { content } : {}),
        ...(macroIds ? { macroIds } : {}),
        ...(files && files.length > 0 ? { files } : {}),
        at: Math.max(serverNow(), (items.at(-1)?.at ?? 0) + 1),
        ...(start ? { start } : {}),
        ...(holdMs > 0 ? { heldUntil: serverNow() + holdMs } : {}),
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
    takeBack(id) {
      const item = items.find((each) => each.id === id)
      if (item?.state !== 'waiting' || (item.heldUntil ?? 0) <= serverNow()) return null
      remove(id)
      return item
    },
    release,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    settled(ms) {
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer)
          listeners.delete(look)
          resolve()
        }
        const isOver = () => items.every(({ id, state }) => state === 'failed' || timers.has(id))
        const look = () => isOver() && done()
        const timer = setTimeout(done, ms)
        listeners.add(look)
        look()
      })
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

function withoutHold(item: OutboxItem): OutboxItem {
  const { heldUntil: _, ...rest } = item
  return rest
}

function idsOf(item: OutboxItem): readonly string[] {
  return item.files?.map(({ id }) => id) ?? []
}

function withoutError(item: OutboxItem): OutboxItem {
  const { error: _, ...rest } = item
  return { ...rest, state: 'waiting' }
}
