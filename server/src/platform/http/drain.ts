import type { Server } from 'node:http'

/** Where a request is: its body is still coming, it is worked on, or its answer is on the way. */
export type Stage = 'coming' | 'working' | 'leaving'

export type Drain = {
  readonly isDraining: () => boolean
  /** Follows a request through its stages; it begins with the first call and ends with `null`. */
  follow(): (stage: Stage | null) => void
  /** Stops accepting connections and resolves when all that was received is answered. */
  drain(): Promise<void>
}

/** How long a stop waits for what depends on others alone: bodies that are still coming, answers that are not yet read. */
const graceMs = 1_000

/**
 * Counts requests under way, so that a process can stop without cutting any off that it has received. One of which a
 * part is missing, or whose answer nobody reads, holds a stop up for a moment and no longer.
 */
export function createDrain(server: Server): Drain {
  const at: Record<Stage, number> = { coming: 0, working: 0, leaving: 0 }
  let draining: Promise<void> | null = null
  let settle: () => void = () => undefined
  let grace: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    if (!draining) return
    clearTimeout(grace)
    if (at.working > 0) return
    if (at.coming + at.leaving > 0) {
      grace = setTimeout(settle, Math.max(0, graceEnd - performance.now()))
      return
    }
    // The last answer's connection is idle only once its bytes are handed over.
    setImmediate(() => {
      server.closeIdleConnections()
      settle()
    })
  }

  let graceEnd = 0

  return {
    isDraining: () => draining !== null,
    follow() {
      let now: Stage | null = null
      let isOver = false
      return (next) => {
        if (isOver) return
        if (now) at[now]--
        if (next) at[next]++
        isOver = next === null
        // What was worked on until now is given its moment to leave.
        if (now === 'working') graceEnd = Math.max(graceEnd, performance.now() + graceMs)
        now = next
        look()
      }
    },
    drain() {
      draining ??= new Promise<void>((resolve) => {
        settle = resolve
      })
      graceEnd = Math.max(graceEnd, performance.now() + graceMs)
      if (server.listening) server.close()
      server.closeIdleConnections()
      look()
      return draining
    },
  }
}
