import { z } from 'zod'

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)

/** From one time of the day to a later one, which may be 24:00. */
export const interval = z.strictObject({ from: clock, to: clock.or(z.literal('24:00')) })
export type Interval = z.infer<typeof interval>

const intervals = z.array(interval).max(10)

/** When somebody answers live, by the clocks of a place. */
export const hours = z.strictObject({
  /** IANA name, as Europe/Berlin. */
  zone: z.string().min(1).max(64),
  /** Seven days, Monday first; none on a day: closed. */
  week: z.array(intervals).length(7),
  /** Single days that go before the week: a holiday has no intervals. */
  dates: z
    .array(
      z.strictObject({
        date: z.iso.date(),
        name: z.string().trim().max(60),
        intervals,
      }),
    )
    .max(200),
})
export type Hours = z.infer<typeof hours>

/** Whether the intervals of a day end after they begin, and neither overlap nor stand out of order. */
export function areInOrder(intervals: readonly Interval[]): boolean {
  return intervals.every(({ from, to }, index) => from < to && (intervals[index - 1]?.to ?? '00:00') <= from)
}
