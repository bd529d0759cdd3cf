/** Until when somebody is blocked who is so for good. */
export const forGood = '9999-12-31T00:00:00.000Z'

/** Whether a block that ends then still holds. */
export function isBlocked(until: string | null, now: number): until is string {
  return until !== null && Date.parse(until) > now
}

/** The end of a block as it is told; null: there is none. */
export function endOf(until: string): string | null {
  return Date.parse(until) >= Date.parse(forGood) ? null : new Date(until).toISOString()
}
