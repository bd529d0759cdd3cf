import { Failure } from '../failure.ts'
import type { Use } from './bind.ts'
import type { RateLimits, RateState, Taken } from './limits.ts'

/** What one call uses up of what is limited. */
export type Uses = {
  /** @throws Failure request.too_many, unless the very same was done before */
  take(uses: readonly Use[]): Promise<void>
  /** Nothing is used up, whatever comes of it. */
  repeated(): void
  /** The limit that is nearest, if any was asked. */
  nearest(): RateState | null
  /** Counts what the call did. */
  done(): Promise<void>
  /** Counts what trying costs, if the failure was not ours. */
  failed(error: unknown): Promise<void>
}

/** `wasDone` is asked where a limit refuses. */
export function createUses(limits: RateLimits, wasDone: () => Promise<boolean>): Uses {
  const taken: Taken[] = []
  let isRepeated = false

  // What was done is answered even where the counting fails.
  const settle = async (each: (one: Taken) => Promise<void>) =>
    void (await Promise.allSettled(taken.splice(0).map(each)))

  return {
    async take(uses) {
      for (const { rule, subject } of uses) {
        if (isRepeated) return
        try {
          taken.push(await limits.take(rule, subject))
        } catch (error) {
          const isRefused = error instanceof Failure && error.code === 'request.too_many'
          if (!isRefused || !(await wasDone())) throw error
          isRepeated = true
        }
      }
    },
    repeated() {
      isRepeated = true
    },
    nearest() {
      const states = taken.map(({ state }) => state)
      return states.toSorted((x, y) => x.remaining - y.remaining)[0] ?? null
    },
    done: () => settle((one) => (isRepeated && !one.tries ? one.giveBack() : one.done())),
    failed(error) {
      const isOurs = !(error instanceof Failure) || error.status >= 500
      return settle((one) => (one.tries && !isOurs ? one.done() : one.giveBack()))
    },
  }
}
