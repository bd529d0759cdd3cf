import type { SignSettings } from '@foyer/contract/signs.ts'

export type AlarmRule = Pick<SignSettings['alarm'], 'afterSeconds' | 'repeatSeconds'>

/** When the alarm of a contact who waits since then was due last, and when it is due next; null: not yet, or no more. */
export function alarmTimes(
  since: number,
  { afterSeconds, repeatSeconds }: AlarmRule,
  now: number,
): { last: number | null; next: number | null } {
  const first = since + afterSeconds * 1000
  if (now < first) return { last: null, next: first }
  if (repeatSeconds === null) return { last: first, next: null }
  const step = repeatSeconds * 1000
  const last = first + Math.floor((now - first) / step) * step
  return { last, next: last + step }
}
