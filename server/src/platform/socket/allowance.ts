export type Allowance = {
  /** Takes so much of it; `false`: there was less left, and nothing is. */
  take(amount: number): boolean
}

/** Something of which there is so much at once, and that grows again by so much a second. */
export function createAllowance(size: { atOnce: number; perSecond: number }): Allowance {
  let left = size.atOnce
  let filled = performance.now()
  return {
    take(amount) {
      const now = performance.now()
      left = Math.min(size.atOnce, left + ((now - filled) / 1000) * size.perSecond) - amount
      filled = now
      if (left >= 0) return true
      left = 0
      return false
    },
  }
}
