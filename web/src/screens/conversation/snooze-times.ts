/** A moment that is offered to put a conversation off until. */
export type SnoozePreset = { name: 'hour' | 'afternoon' | 'tomorrow' | 'monday'; at: number }

const hourMs = 3_600_000
const morning = 9
const afternoon = 14

/** What is offered at a moment, in this computer's zone: in an hour, and the next times at which one would begin again. */
export function snoozePresets(now: number): SnoozePreset[] {
  const today = new Date(now)
  const on = (days: number, hour: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, hour).getTime()
  const untilMonday = (8 - today.getDay()) % 7 || 7
  const inHour = Math.ceil((now + hourMs) / 60_000) * 60_000
  return [
    { name: 'hour' as const, at: inHour },
    // Only where it is more than an hour away.
    ...(on(0, afternoon) > inHour ? [{ name: 'afternoon' as const, at: on(0, afternoon) }] : []),
    { name: 'tomorrow' as const, at: on(1, morning) },
    // On Sundays that is tomorrow.
    ...(untilMonday > 1 ? [{ name: 'monday' as const, at: on(untilMonday, morning) }] : []),
  ]
}

/** A moment as a field for date and time holds it, in this computer's zone. */
export function toField(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** What a field for date and time holds; null while it is not whole. */
export function fromField(text: string): number | null {
  const at = new Date(text).getTime()
  return Number.isNaN(at) ? null : at
}
