import { regionOf } from '@foyer/client/region.ts'
import type { Locale } from '@foyer/contract/scalars.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Makes what is costly to make once for each language and way of writing. */
function once<Options, Made>(
  make: (language: string, options: Options) => Made,
): (language: string, options: Options) => Made {
  const made = new Map<string, Made>()
  return (language, options) => {
    const key = `${language}${JSON.stringify(options)}`
    const before = made.get(key)
    if (before) return before
    const fresh = make(language, options)
    made.set(key, fresh)
    return fresh
  }
}

const dates = once((region, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(region, options))
const numbers = once((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options))
const ago = once(
  (locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
)

const regions = new Map<Locale, string>()
/** The browser's languages when the regions were found; it gives the same list until they change. */
let regionsOf: readonly string[] | undefined

/** Writes in the language of the texts, the way it is done in the browser's region. */
function format(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  if (regionsOf !== navigator.languages) regions.clear()
  regionsOf = navigator.languages
  const region = regions.get(locale) ?? regionOf(locale)
  regions.set(locale, region)
  return dates(region, options)
}

/** `14:05`, or `2:05 PM` where people write it so. */
export function clockTime(locale: Locale, at: number): string {
  return unbroken(format(locale, { timeStyle: 'short' }).format(at))
}

/** The name of a day of the week, 0 is Monday. */
export function weekdayName(locale: Locale, day: number): string {
  // The first of January 2024 was a Monday.
  return format(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day))
}

/** Day and time in full, for tips and details. */
export function fullTime(locale: Locale, at: number): string {
  return unbroken(format(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at))
}

/** No line ends between a time and its half of the day. */
function unbroken(text: string): string {
  return text.replace(/ (?=[ap]\.?m\b)/iu, '\u00a0')
}

/** When something was, as one says it: `now`, `5 minutes ago`, `yesterday`, and from a week on the date. */
export function relativeTime(locale: Locale, at: number, now: number): string {
  const since = Math.max(0, now - at)
  const words = ago(locale, { numeric: 'auto' })
  if (since < minute) return words.format(0, 'second')
  if (since < hour) return words.format(-Math.floor(since / minute), 'minute')
  const days = daysBetween(at, now)
  if (days === 0 || since < 6 * hour) return words.format(-Math.floor(since / hour), 'hour')
  return days < 7 ? words.format(-days, 'day') : format(locale, { dateStyle: 'medium' }).format(at)
}

/** How long something lasts so far: `<1 min`, `4 min`, `1 hr 20 min`, `2 days`. */
export function duration(locale: Locale, ms: number): string {
  if (ms < minute) return `<${duration(locale, minute)}`
  const rest = ms % hour
  // Minutes matter as long as they are a good part of it.
  if (ms > hour && ms < 6 * hour && rest >= minute)
    return `${duration(locale, ms - rest)} ${duration(locale, rest)}`
  const [value, unit] =
    ms < hour
      ? [Math.floor(ms / minute), 'minute']
      : ms < 2 * day
        ? [Math.floor(ms / hour), 'hour']
        : [Math.floor(ms / day), 'day']
  return numbers(locale, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'day' ? 'long' : 'short',
  }).format(value)
}

/** When something was, as short as it can be told: the time today, the weekday this week, else the date. */
export function shortWhen(locale: Locale, at: number, now: number): string {
  if (dayKey(at) === dayKey(now)) return clockTime(locale, at)
  if (now - at < 6 * day && at <= now) return format(locale, { weekday: 'short' }).format(at)
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return format(
    locale,
    sameYear ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short', year: 'numeric' },
  ).format(at)
}

/** When something will be, as short as it can be told: the time today, with its weekday within six days, else with its date. */
export function whenNext(locale: Locale, at: number, now: number): string {
  if (dayKey(at) === dayKey(now)) return clockTime(locale, at)
  const day: Intl.DateTimeFormatOptions =
    daysBetween(now, at) < 7
      ? { weekday: 'short' }
      : new Date(at).getFullYear() === new Date(now).getFullYear()
        ? { day: 'numeric', month: 'short' }
        : { day: 'numeric', month: 'short', year: 'numeric' }
  return unbroken(format(locale, { ...day, hour: 'numeric', minute: '2-digit' }).format(at))
}

/** The heading of a day: today, yesterday, the weekday this week, else the date. */
export function dayHeading(locale: Locale, at: number, now: number): string {
  const away = daysBetween(at, now)
  if (away === 0 || away === 1) {
    const word = ago(locale, { numeric: 'auto' }).format(-away, 'day')
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1)
  }
  if (away > 1 && away < 7) return capital(locale, format(locale, { weekday: 'long' }).format(at))
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return capital(
    locale,
    format(locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'long',
      ...(sameYear ? {} : { year: 'numeric' }),
    }).format(at),
  )
}

function capital(locale: Locale, text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}

/** The local day of a moment as `2026-11-23`. */
export function dayKey(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
}

/** Rounded, because a day with a change of clocks is an hour longer or shorter. */
function daysBetween(at: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / day)
}

function startOfDay(at: number): number {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** A number of seconds as one says it: `30 seconds`, `2 minutes`. */
export function secondsOrMinutes(locale: Locale, seconds: number): string {
  const isMinutes = seconds >= 60 && seconds % 60 === 0
  return numbers(locale, {
    style: 'unit',
    unit: isMinutes ? 'minute' : 'second',
    unitDisplay: 'long',
  }).format(isMinutes ? seconds / 60 : seconds)
}
