import type { WebSocket } from 'ws'

/** So much is handed to the line at once; the rest waits, so that what it takes can be seen piece by piece. */
const atOnceBytes = 64 * 1024
/** A line that takes nothing for so long is dead or not read. */
const maxStillMs = 30_000
/** A line for which so much waits is closed sooner, if it takes nothing for `maxFullStillMs`. */
const fullLength = 1024 * 1024
const maxFullStillMs = 5_000
/** Nobody is kept more than this, whatever they take: it is many times the largest frame. */
const maxLength = 8 * 1024 * 1024

export type Outgoing = {
  send(text: string): void
  /** Whether the line took all it was given, or nearly so. */
  isFlowing(): boolean
  /** How much waits, in bytes or a little less. */
  held(): number
  /** To be called every few seconds: whether the line has stood still for too long. */
  isStuck(now: number): boolean
}

/**
 * Hands frames to a socket in order and watches whether it takes them. Slow is who takes nothing for a while, and never
 * who has been sent much at once.
 *
 * @param moved called when the line took something
 * @param full called when more waits than anybody is kept
 */
export function createOutgoing(socket: WebSocket, moved: () => void, full: () => void): Outgoing {
  let waiting: string[] = []
  let waitingLength = 0
  let given = 0
  /** When the line last took something while there was something to take. */
  let movedAt = 0

  function give(text: string): void {
    if (given === 0) movedAt = performance.now()
    given++
    socket.send(text, taken)
  }

  function taken(error?: Error | null): void {
    given--
    if (error) {
      waiting = []
      waitingLength = 0
      return
    }
    movedAt = performance.now()
    while (waiting.length > 0 && socket.bufferedAmount < atOnceBytes) {
      const text = waiting.shift() as string
      waitingLength -= text.length
      give(text)
    }
    moved()
  }

  const held = () => waitingLength + socket.bufferedAmount

  return {
    send(text) {
      if (socket.readyState !== socket.OPEN) return
      if (waiting.length === 0 && socket.bufferedAmount < atOnceBytes) return give(text)
      waiting.push(text)
      waitingLength += text.length
      if (held() > maxLength) full()
    },
    isFlowing: () => waiting.length === 0 && socket.bufferedAmount < atOnceBytes,
    held,
    isStuck(now) {
      if (given === 0) return false
      return now - movedAt > (held() > fullLength ? maxFullStillMs : maxStillMs)
    },
  }
}
