/** How often something was used since its time began, which ends at `until` (`performance.now()`). */
export type Counter = { points: number; readonly until: number }

/** Counters of one rule in this process's memory. */
export type Counters = {
  /** Counts one more use of a subject and gives its counter. */
  count(subject: string): Counter
  readonly size: number
}

/** Subjects counted at once; of more, the one whose time ends first begins anew. */
const atMost = 10_000

/**
 * Counts by windows of `ms`. A counter stands where its window began, so that those that ran out stand first: counting
 * looks at the first ones alone, however many there are.
 */
export function createCounters(ms: number, size = atMost): Counters {
  const counters = new Map<string, Counter>()

  function drop(now: number): void {
    for (const [subject, { until }] of counters) {
      if (until > now && counters.size < size) return
      counters.delete(subject)
    }
  }

  return {
    count(subject) {
      const now = performance.now()
      const known = counters.get(subject)
      if (known && known.until > now) {
        known.points++
        return known
      }
      counters.delete(subject)
      drop(now)
      const counter = { points: 1, until: now + ms }
      counters.set(subject, counter)
      return counter
    },
    get size() {
      return counters.size
    },
  }
}
