/** A wall clock that is put forward, or ran on while the steady one stood still, by more than this is a leap. */
const leapMs = 3_000

/** Milliseconds that only ever pass, from an arbitrary beginning: for what waits, repeats or gives up. */
export const elapsed = (): number => performance.now()

/**
 * Answers by how many milliseconds the wall clock has run ahead of the steady one since it was asked last; 0 where they
 * went along. That is a sleep through which the steady one stood, or a hand that put the clock forward.
 */
export function createLeap(wall: () => number = Date.now, steady: () => number = elapsed): () => number {
  let known = wall() - steady()
  return () => {
    const between = wall() - steady()
    const leap = between - known
    known = between
    return leap > leapMs ? leap : 0
  }
}

/**
 * The server's time, whatever the clock of this machine says. Each answer tells within which bounds it is; the bounds of
 * several are held against each other, so that it soon is known to milliseconds. Until the first it is our own.
 */
export function createClock(wall: () => number = Date.now, steady: () => number = elapsed) {
  const leap = createLeap(wall, steady)
  /** How far the server's time is ahead of the steady one, and between what that lies. */
  let ahead = wall() - steady()
  let least = Number.NEGATIVE_INFINITY
  let most = Number.POSITIVE_INFINITY

  /** After a sleep the time that passed is taken from the wall clock, until the server says better. */
  function sleptThrough(): void {
    const slept = leap()
    if (slept === 0) return
    ahead += slept
    least = Number.NEGATIVE_INFINITY
    most = Number.POSITIVE_INFINITY
  }

  return {
    /** Milliseconds since 1970 as the server counts them. */
    now(): number {
      sleptThrough()
      return Math.round(steady() + ahead)
    },
    /**
     * Takes in a time that the server wrote after `askedAt` (of the steady clock) and before now, cut off by at most
     * `coarseMs`.
     */
    learn(told: number, askedAt: number, coarseMs = 1): void {
      if (!Number.isFinite(told)) return
      sleptThrough()
      const from = told - steady()
      const to = told + coarseMs - askedAt
      // Bounds that do not meet: one of the clocks was put right. What is newest counts.
      const meet = from <= most && to >= least
      least = meet ? Math.max(least, from) : from
      most = meet ? Math.min(most, to) : to
      if (ahead < least || ahead > most) ahead = (least + most) / 2
    },
  }
}

const clock = createClock()

/** The server's time, in milliseconds since 1970; what is shown of waiting, hours and days goes by it. */
export const serverNow = clock.now
export const learnServerTime = clock.learn
