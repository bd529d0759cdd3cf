import type { Server } from 'node:http'

export type Drain = {
  readonly isDraining: () => boolean
  begin(): void
  end(): void
  /** Stops accepting connections and resolves when every request under way has its answer. */
  drain(): Promise<void>
}

/** Counts requests under way, so that a process can stop without cutting any off. */
export function createDrain(server: Server): Drain {
  let underWay = 0
  let draining: Promise<void> | null = null
  let settle: () => void = () => undefined

  function closeIfIdle(): void {
    if (!draining || underWay > 0) return
    // The last answer's connection is idle only once its bytes are handed over.
    setImmediate(() => {
      server.closeIdleConnections()
      settle()
    })
  }

  return {
    isDraining: () => draining !== null,
    begin() {
      underWay++
    },
    end() {
      underWay--
      closeIfIdle()
    },
    drain() {
      draining ??= new Promise<void>((resolve) => {
        settle = resolve
      })
      if (server.listening) server.close()
      server.closeIdleConnections()
      closeIfIdle()
      return draining
    },
  }
}
