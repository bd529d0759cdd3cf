import { serverNow } from '@foyer/client/clock.ts'
import type { Translate } from './messages.ts'

/** Writes moments the way a language does. */
export type Moments = {
  time(at: number): string
  day(at: number): string
  /** Short enough for a list: the time today, else the day. */
  short(at: number): string
  /** A moment to come, as part of a sentence. */
  ahead(at: number): string
}

export function createMoments(locale: string, t: Translate): Moments {
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' })
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' })
  const dayAndMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' })
  const shortDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })

  function day(at: number): string {
    const age = daysBetween(at, serverNow())
    if (age === 0) return t('day.today')
    if (age === 1) return t('day.yesterday')
    return age > 1 && age < 7 ? weekday.format(at) : date.format(at)
  }

  return {
    time: (at) => time.format(at),
    day,
    short(at) {
      const age = daysBetween(at, serverNow())
      return age === 0 ? time.format(at) : age > 0 && age < 7 ? day(at) : shortDate.format(at)
    },
    ahead(at) {
      const days = daysBetween(serverNow(), at)
      const said = { time: time.format(at) }
      if (days <= 0) return t('when.today', said)
      if (days === 1) return t('when.tomorrow', said)
      return days < 7
        ? t('when.weekday', { ...said, day: weekday.format(at) })
        : t('when.date', { ...said, day: dayAndMonth.format(at) })
    },
  }
}

function daysBetween(from: number, to: number): number {
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0)
  // Rounded, because a day with a change of clocks is an hour longer or shorter.
  return Math.round((midnight(to) - midnight(from)) / 86_400_000)
}
