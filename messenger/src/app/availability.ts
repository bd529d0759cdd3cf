/** Somebody is there and has room, or is with others, or nobody is there. */
export type Availability = 'free' | 'busy' | 'away'

/** A server from before it told of room says only that somebody is there. */
export function availabilityOf(told: { available: boolean; free?: boolean }): Availability {
  if (!told.available) return 'away'
  return told.free === false ? 'busy' : 'free'
}

/** The usual wait in words that hold: rounded up, and no more exact than it is known. */
export function usualWait(seconds: number): {
  key: 'reply.soon' | 'reply.hours' | 'reply.days'
  count: number
} {
  if (seconds <= 5 * 60) return { key: 'reply.soon', count: 0 }
  const hours = Math.ceil(seconds / 3_600)
  return hours <= 20
    ? { key: 'reply.hours', count: hours }
    : { key: 'reply.days', count: Math.ceil(hours / 24) }
}
