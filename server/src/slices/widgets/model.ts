import { asciiHost } from '@foyer/contract/addresses.ts'
import { areInOrder, type Hours, type Interval } from '@foyer/contract/hours.ts'
import type { Locale } from '@foyer/contract/scalars.ts'

/**
 * Whether a widget may stand on a site. `https://*.example.com` allows every host below example.com, not example.com
 * itself; no sites listed allow any.
 */
export function siteAllowed(allowedSites: readonly string[], origin: string): boolean {
  if (allowedSites.length === 0) return true
  const asked = parse(origin)
  return asked !== null && allowedSites.some((site) => matches(site, asked))
}

/** Whether a text names a site as `siteAllowed` understands it: an origin, its host perhaps with `*.` before it. */
export function isSite(text: string): boolean {
  return parse(text) !== null
}

type Site = { scheme: string; host: string; port: string }

function matches(pattern: string, asked: Site): boolean {
  const allowed = parse(pattern)
  if (!allowed || allowed.scheme !== asked.scheme || allowed.port !== asked.port) return false
  if (!allowed.host.startsWith('*.')) return allowed.host === asked.host
  const parent = allowed.host.slice(1)
  return (
    parent.length > 1 &&
    !asked.host.includes('*') &&
    asked.host.length > parent.length &&
    asked.host.endsWith(parent)
  )
}

/** A site as browsers name it: an international host is converted. What is none is left as it is. */
export function asSite(text: string): string {
  const parts = /^(https?:\/\/(?:\*\.)?)([^/:*[\]]+)(:\d+)?$/i.exec(text)
  const host = parts?.[2] ? asciiHost(parts[2]) : null
  return parts && host ? `${parts[1]}${host}${parts[3] ?? ''}` : text
}

/** An origin and nothing more; the parts are compared, never the text. */
function parse(origin: string): Site | null {
  const parts =
    /^(https?):\/\/((?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i.exec(origin)
  if (!parts?.[1] || !parts[2]) return null
  const scheme = parts[1].toLowerCase()
  const usual = scheme === 'https' ? '443' : '80'
  return { scheme, host: parts[2].toLowerCase(), port: parts[3] ? String(Number(parts[3])) : usual }
}

/** What a widget says in a language, else in its own; null where it says nothing. */
export function said(
  texts: Partial<Record<Locale, string>>,
  { spoken, own }: { spoken: Locale | null; own: Locale },
): string | null {
  return (spoken && texts[spoken]) ?? texts[own] ?? null
}

/** What is wrong with service times: a zone nobody knows, an interval that ends before it begins or meets another, a date twice. */
export function wrongHours(hours: Hours): ('zone' | 'intervals' | 'dates')[] {
  const days = [...hours.week, ...hours.dates.map(({ intervals }) => intervals)]
  const dates = hours.dates.map(({ date }) => date)
  return [
    ...(isZone(hours.zone) ? [] : ['zone' as const]),
    ...(days.every(areInOrder) ? [] : ['intervals' as const]),
    ...(new Set(dates).size === dates.length ? [] : ['dates' as const]),
  ]
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/**
 * Whether the service is open at a moment (milliseconds since 1970), and when that changes next; null: not within 400 days.
 * `is_open` in the migrations answers the same, for decisions that must hold in the database.
 */
export function serviceAt(hours: Hours, at: number): { open: boolean; changesAt: number | null } {
  const zone = zoneOf(hours.zone)
  const open = isOpen(hours, zone, at)
  const today = Date.parse(`${zone.local(at).date}T00:00:00Z`)
  const edgesOf = (day: number) => {
    const date = new Date(today + day * dayMs).toISOString().slice(0, 10)
    return intervalsOf(hours, date)
      .flatMap(({ from, to }) => [from, to])
      .flatMap((clock) => momentsOf(zone, date, clock))
  }
  // Where clocks are changed at midnight, days that follow each other overlap: two are looked at together.
  for (let day = -1; day <= 400; day++) {
    const edges = [...edgesOf(day), ...edgesOf(day + 1)].filter((edge) => edge > at).sort((x, y) => x - y)
    const change = edges.find((edge) => isOpen(hours, zone, edge) !== open)
    if (change !== undefined) return { open, changesAt: change }
  }
  return { open, changesAt: null }
}

const dayMs = 86_400_000

function intervalsOf(hours: Hours, date: string): readonly Interval[] {
  const special = hours.dates.find((each) => each.date === date)
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
  return special?.intervals ?? hours.week[weekday] ?? []
}

function isOpen(hours: Hours, zone: Zone, at: number): boolean {
  const { date, clock } = zone.local(at)
  return intervalsOf(hours, date).some(({ from, to }) => from <= clock && clock < to)
}

/** The moments at which a clock shows a time, first or again, and that at which it is put over or back behind it. */
function momentsOf(zone: Zone, date: string, clock: string): number[] {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  const shown = Date.parse(`${date}T00:00:00Z`) + (hour * 60 + minute) * 60_000
  const before = zone.offset(shown - dayMs)
  const after = zone.offset(shown + dayMs)
  if (before === after) return [shown - before]
  let [early, late] = [shown - dayMs, shown + dayMs]
  while (late - early > 1_000) {
    const middle = Math.floor((early + late) / 2_000) * 1_000
    if (zone.offset(middle) === before) early = middle
    else late = middle
  }
  const [from, to] = [late + before, late + after]
  const isPassed = Math.min(from, to) <= shown && shown <= Math.max(from, to)
  return [shown - before, ...(isPassed ? [late] : []), shown - after]
}

type Zone = {
  /** What calendar and clock show there. */
  local(at: number): { date: string; clock: string }
  /** How far its clocks are ahead of UTC, in milliseconds. */
  offset(at: number): number
}

const zones = new Map<string, Zone>()

function zoneOf(name: string): Zone {
  const known = zones.get(name)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: name,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  function local(at: number) {
    const [date = '', time = ''] = format.format(at).split(', ')
    return { date, time, clock: time.slice(0, 5) }
  }
  const zone: Zone = {
    local,
    offset(at) {
      const whole = Math.floor(at / 1_000) * 1_000
      const { date, time } = local(whole)
      return Date.parse(`${date}T${time}Z`) - whole
    },
  }
  zones.set(name, zone)
  return zone
}
