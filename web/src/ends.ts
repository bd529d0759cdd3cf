import type { Head } from '@foyer/contract/conversations.ts'

/** How long an end can be undone; until then nobody else is told of it. */
export const undoMs = 5_000

/** An end that is not asked for yet. Its id never changes, so that it can be asked for again safely. */
export type KeptEnd = { id: string; conversationId: string }

type Waiting = KeptEnd & {
  /** As it was when it was ended. */
  head: Head
  /** Takes back what is shown meanwhile. */
  hide: () => void
  timer: ReturnType<typeof setTimeout>
  /** It can no longer be undone. */
  isDue: boolean
}

export type Ends = {
  /** Shows it as ended, and ends it when nothing has spoken against that for a while. */
  end(head: Head, id: string): void
  /** Whether it was still time. */
  undo(conversationId: string): boolean
  /** A conversation has changed: who has been written to, or has lost it, no longer wants its end. */
  hear(head: Head): void
  /** Asks at once for what has not got through; of a page that is leaving, for all that waits too. */
  flush(options?: { leaving: boolean }): void
  stop(): void
}

/**
 * Ends conversations once that can no longer be undone. What waits is kept where a reload finds it, and asked for at once by
 * a page that goes or comes: an end is late at worst, never lost.
 */
export function createEnds(options: {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  storageKey: string
  show: (head: Head) => () => void
  /** Resolves when the server has it or refuses it for good; rejects when it has to be asked again. */
  send: (end: KeptEnd, options: { leaving: boolean }) => Promise<void>
  /** It did not come to it, because the contact has written again. */
  onWritten: (head: Head) => void
}): Ends {
  const waiting = new Map<string, Waiting>()
  const again = new Set<ReturnType<typeof setTimeout>>()
  const kept = new Map<string, KeptEnd>(load().map((end) => [end.conversationId, end]))

  function load(): KeptEnd[] {
    try {
      // Written by `save` under the same key, or by nobody.
      return JSON.parse(options.storage.getItem(options.storageKey) ?? '[]') as KeptEnd[]
    } catch {
      return []
    }
  }
  function save(): void {
    try {
      if (kept.size === 0) options.storage.removeItem(options.storageKey)
      else options.storage.setItem(options.storageKey, JSON.stringify([...kept.values()]))
    } catch {
      // Full or blocked: it still ends, unless the page goes within seconds.
    }
  }
  function drop(conversationId: string): Waiting | undefined {
    const end = waiting.get(conversationId)
    if (!end) return undefined
    clearTimeout(end.timer)
    waiting.delete(conversationId)
    end.hide()
    return end
  }
  async function send({ id, conversationId }: KeptEnd, { leaving }: { leaving: boolean }): Promise<void> {
    // Meanwhile undone, or answered on another way.
    if (kept.get(conversationId)?.id !== id) return
    const shown = waiting.get(conversationId)
    if (shown) {
      clearTimeout(shown.timer)
      shown.isDue = true
    }
    try {
      await options.send({ id, conversationId }, { leaving })
      if (kept.get(conversationId)?.id === id) kept.delete(conversationId)
      save()
      drop(conversationId)
    } catch {
      // Without a line, or without an answer: it is asked for again, and at once when there is a line.
      again.add(setTimeout(() => void send({ id, conversationId }, { leaving: false }), undoMs))
    }
  }

  return {
    end(head, id) {
      drop(head.id)
      const end = { id, conversationId: head.id }
      kept.set(head.id, end)
      save()
      const timer = setTimeout(() => void send(end, { leaving: false }), undoMs)
      waiting.set(head.id, { ...end, head, hide: options.show(head), timer, isDue: false })
    },
    undo(conversationId) {
      const isTime = drop(conversationId) !== undefined
      if (isTime) {
        kept.delete(conversationId)
        save()
      }
      return isTime
    },
    hear(head) {
      const end = waiting.get(head.id)
      if (!end || head.n <= end.head.n) return
      const isWritten = head.unread > end.head.unread
      if (isWritten || head.assigneeId !== end.head.assigneeId || head.state === 'ended') {
        drop(head.id)
        kept.delete(head.id)
        save()
        if (isWritten) options.onWritten(head)
        return
      }
      end.hide()
      end.hide = options.show(head)
    },
    flush(how = { leaving: false }) {
      for (const end of [...kept.values()])
        if (how.leaving || waiting.get(end.conversationId)?.isDue !== false) void send(end, how)
    },
    stop() {
      for (const { timer } of waiting.values()) clearTimeout(timer)
      for (const timer of again) clearTimeout(timer)
    },
  }
}
