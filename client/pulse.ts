import { createLeap, elapsed } from './clock.ts'
import { tickMs } from './ticks.ts'

/** A ping goes out at least this often … */
const pingMs = 20_000
/** … and is answered by then, if the line is alive. The sum of both and two ticks is under 45 seconds. */
const answerMs = 15_000
/** Where there is reason for doubt, by then. */
const probeMs = 5_000
/** A tick that comes later than this has been kept from running: a stalled page, a sleep. */
const lateMs = 3 * tickMs
/** Who slept through this with all of the machine has been taken for gone by the server. */
const sleepMs = 40_000

/**
 * Tells a dead line by a ping that stays unanswered, in time that only passes. Time through which this page did not run
 * says nothing about the line: an answer may lie ready that it has not come to read, so it asks anew before it judges.
 */
export function createPulse(on: {
  ping: () => void
  dead: () => void
  /** The page has not run for a while. */
  woke: () => void
  wall?: () => number
  steady?: () => number
}) {
  const steady = on.steady ?? elapsed
  const leap = createLeap(on.wall, steady)
  let isOpen = false
  let tickedAt = steady()
  let heardAt = steady()
  let pingedAt = 0
  /** Since when an answer is owed, and until when it may come. */
  let owedSince: number | null = null
  let patience = answerMs
  let askedAnew = false

  function ask(within: number): void {
    pingedAt = steady()
    owedSince ??= pingedAt
    // A doubt that is told again and again must not put the end off.
    patience = Math.min(patience, pingedAt - owedSince + within)
    on.ping()
  }

  function askNow(): void {
    owedSince = null
    patience = probeMs
    ask(probeMs)
  }

  function tick(): void {
    const now = steady()
    const slept = leap()
    const late = now - tickedAt + slept > lateMs
    tickedAt = now
    if (late) on.woke()
    if (!isOpen) return
    if (slept > sleepMs) on.dead()
    else if (late && !askedAnew) {
      askedAnew = owedSince !== null
      askNow()
    } else if (owedSince === null) {
      if (now - pingedAt >= pingMs) ask(answerMs)
    } else if (now - owedSince > patience) on.dead()
  }

  return {
    tick,
    /** A line stands; it has just been heard of. */
    opened(): void {
      isOpen = true
      askedAnew = false
      tickedAt = steady()
      pingedAt = tickedAt
      heardAt = tickedAt
      owedSince = null
      patience = answerMs
    },
    closed(): void {
      isOpen = false
    },
    heard(): void {
      heardAt = steady()
      owedSince = null
      askedAnew = false
      patience = answerMs
    },
    /** Something speaks against the line: it has to answer within `soonMs`, unless it was heard of within `freshMs`. */
    doubt(freshMs: number, soonMs = probeMs): void {
      tick()
      if (isOpen && steady() - heardAt >= freshMs) ask(soonMs)
    },
  }
}
