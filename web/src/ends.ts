import type { Head } from '@foyer/contract/conversations.ts'

/** How long an end can be undone; until then nobody else is told of it. */
export const undoMs = 5_000
/** What is past its time by so much is no longer waited for by the tab that kept it: another one asks for it. */
export const graceMs = 3_000
/** Who logs out waits for at most so long. */
const finishMs = 3_000

/**
 * An end that is not asked for yet. Its id never changes, so that it can be asked for again safely; `seen` is the number of
 * the last change that whoever ended it had seen.
 */
export type KeptEnd = { id: string; conversationId: string; seen: number }

/** As it is stored: until when its tab waits, by the server's time; 0 once that is over. */
type Stored = KeptEnd & { dueAt: number }

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
  /** Another tab has stored something under this name. */
  kept(name: string | null): void
  /** Asks at once for what has not got through and no tab waits for; of a page that is leaving, for all that it waits for. */
  flush(options?: { leaving: boolean }): void
  /** Asks for all that waits, in whichever tab, and waits a while for the answers: the session is about to go. */
  finish(): Promise<void>
  stop(): void
}

/**
 * Ends conversations once that can no longer be undone. What waits is kept where a reload and other tabs find it, each under
 * a name of its own. A page that goes asks for it at once; of one that died another asks when its time is over. An end is late
 * at worst, never lost.
 */
export function createEnds(options: {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>
  storageKey: string
  /** The server's time. */
  now: () => number
  show: (head: Head) => () => void
  /**
   * Resolves with nothing when the server has it or refuses it for good; with the head when it refuses it because the contact
   * has written since; rejects when it has to be asked again.
   */
  send: (end: KeptEnd, options: { leaving: boolean }) => Promise<Head | null>
  /** It did not come to it, because the contact has written again. */
  onWritten: (head: Head) => void
}): Ends {
  const { storage } = options
  const prefix = `${options.storageKey}:`
  const waiting = new Map<string, Waiting>()
  /** By the id of the end: when it is asked for again, and when one of another tab is looked after. */
  const again = new Map<string, ReturnType<typeof setTimeout>>()
  const others = new Map<string, ReturnType<typeof setTimeout>>()
  let isStopped = false

  function read(conversationId: string): Stored | null {
    try {
      // Written by `save` under the same name, or by nobody.
      return JSON.parse(storage.getItem(prefix + conversationId) ?? 'null') as Stored | null
    } catch {
      return null
    }
  }
  function readAll(): Stored[] {
    try {
      const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
      const ids = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length))
      return ids.map(read).filter((end) => end !== null)
    } catch {
      return []
    }
  }
  function save({ id, conversationId, seen }: KeptEnd, dueAt: number): void {
    try {
      storage.setItem(prefix + conversationId, JSON.stringify({ id, conversationId, seen, dueAt }))
    } catch {
      // Full or blocked: it still ends, unless the page goes within seconds.
    }
  }
  function forget({ id, conversationId }: KeptEnd): void {
    try {
      if (read(conversationId)?.id === id) storage.removeItem(prefix + conversationId)
    } catch {
      // Blocked: there is nothing.
    }
  }
  function isKept({ id, conversationId }: KeptEnd): boolean {
    return waiting.get(conversationId)?.id === id || read(conversationId)?.id === id
  }
  function drop(conversationId: string): Waiting | undefined {
    const end = waiting.get(conversationId)
    if (!end) return undefined
    clearTimeout(end.timer)
    waiting.delete(conversationId)
    end.hide()
    forget(end)
    return end
  }
  function later(timers: typeof again, end: KeptEnd, ms: number): void {
    clearTimeout(timers.get(end.id))
    const ask = () => {
      timers.delete(end.id)
      void send(end, { leaving: false })
    }
    if (!isStopped) timers.set(end.id, setTimeout(ask, ms))
  }
  async function send(end: KeptEnd, { leaving }: { leaving: boolean }): Promise<void> {
    const { id, conversationId, seen } = end
    // Meanwhile undone, or answered on another way.
    if (!isKept(end)) return
    const shown = waiting.get(conversationId)
    if (shown?.id === id) {
      clearTimeout(shown.timer)
      shown.isDue = true
      // Whichever page comes next need not wait for this one.
      save(end, 0)
    }
    try {
      const written = await options.send({ id, conversationId, seen }, { leaving })
      if (!isKept(end)) return
      forget(end)
      if (waiting.get(conversationId)?.id === id) drop(conversationId)
      if (written) options.onWritten(written)
    } catch {
      // Without a line, or without an answer: it is asked for again, and at once when there is a line.
      later(again, end, undoMs)
    }
  }

  /** Looks after what other tabs have kept: they may be gone before their time is over. */
  function follow(): void {
    for (const end of readAll()) {
      if (waiting.get(end.conversationId)?.id === end.id) continue
      const left = end.dueAt === 0 ? 0 : end.dueAt + graceMs - options.now()
      // Nobody waits for longer: one of the clocks was put right.
      if (left <= 0 || left > undoMs + 2 * graceMs) void send(end, { leaving: false })
      else later(others, end, left)
    }
  }

  return {
    end(head, id) {
      drop(head.id)
      const end = { id, conversationId: head.id, seen: head.n }
      save(end, options.now() + undoMs)
      const timer = setTimeout(() => void send(end, { leaving: false }), undoMs)
      waiting.set(head.id, { ...end, head, hide: options.show(head), timer, isDue: false })
    },
    undo: (conversationId) => drop(conversationId) !== undefined,
    hear(head) {
      const end = waiting.get(head.id)
      if (!end || head.n <= end.head.n) return
      const isWritten = head.unread > end.head.unread
      if (isWritten || head.assigneeId !== end.head.assigneeId || head.state === 'ended') {
        drop(head.id)
        if (isWritten) options.onWritten(head)
        return
      }
      end.hide()
      end.hide = options.show(head)
    },
    kept(name) {
      if (name?.startsWith(prefix)) follow()
    },
    flush({ leaving } = { leaving: false }) {
      for (const end of [...waiting.values()]) if (leaving || end.isDue) void send(end, { leaving })
      if (!leaving) follow()
    },
    async finish() {
      const all = new Map([...readAll(), ...waiting.values()].map((end) => [end.id, end]))
      if (all.size === 0) return
      const sent = Promise.all([...all.values()].map((end) => send(end, { leaving: false })))
      await Promise.race([sent, new Promise((done) => setTimeout(done, finishMs))])
    },
    stop() {
      isStopped = true
      for (const { timer } of waiting.values()) clearTimeout(timer)
      for (const timer of [...again.values(), ...others.values()]) clearTimeout(timer)
    },
  }
}
