import { asciiHost } from '@foyer/contract/addresses.ts'
import type { ConversationState } from '@foyer/contract/conversations.ts'
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

/** What is wrong with business hours: a zone nobody knows, an interval that ends before it begins or meets another, a date twice. */
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
  // A distance to UTC, as +02:00, is one here; the database reads it the other way round.
  if (!/^[a-z]/i.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/**
 * Whether the service is open at a moment (milliseconds since 1970), and when that changes next; null: not within 400 days.
 * `is_open` in the migrations answers the same, for decisions that must hold in the database. Anybody may ask for it: clocks
 * are looked at only on days that have an edge, and days that are like those before them are passed over.
 */
export function serviceAt(hours: Hours, at: number): { open: boolean; changesAt: number | null } {
  const zone = zoneOf(hours.zone)
  const calendar = calendarOf(hours, Date.parse(`${zone.local(at).date}T00:00:00Z`))
  const open = isOpen(calendar, zone, at)
  // Where clocks are changed at midnight, days that follow each other overlap: two are looked at together.
  for (let day = firstDay; day <= lastDay; day = calendar.following(day)) {
    const edges = [day, day + 1]
      .flatMap((each) => momentsOfDay(calendar, zone, each))
      .filter((edge) => edge > at)
      .sort((x, y) => x - y)
    const change = edges.find((edge) => isOpen(calendar, zone, edge) !== open)
    if (change !== undefined) return { open, changesAt: change }
  }
  return { open, changesAt: null }
}

const dayMs = 86_400_000
/** From yesterday, whose last hour may come again, to the day after which nothing is looked for. */
const [firstDay, lastDay] = [-1, 400]
/** Days in a row without special dates after which nothing new comes: two weeks, for clocks may jump over a day's only interval. */
const plainDays = 15

/** Days counted from one of them; those with nothing that differs from the days beside them have no edges. */
type Calendar = {
  dateOf(day: number): string
  /** Intervals of a date; those that touch are one. */
  intervalsOf(date: string): readonly Interval[]
  /** The day to look at after one, special dates ahead in mind. */
  following(day: number): number
}

function calendarOf(hours: Hours, today: number): Calendar {
  const week = hours.week.map(joined)
  const special = new Map(hours.dates.map(({ date, intervals }) => [date, joined(intervals)]))
  const specialDays = [...special.keys()]
    .map((date) => Math.round((Date.parse(`${date}T00:00:00Z`) - today) / dayMs))
    .filter((day) => day >= firstDay)
    .sort((x, y) => x - y)
  let passed = 0
  return {
    dateOf: (day) => new Date(today + day * dayMs).toISOString().slice(0, 10),
    intervalsOf(date) {
      const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
      return special.get(date) ?? week[weekday] ?? []
    },
    following(day) {
      while ((specialDays[passed] ?? Number.POSITIVE_INFINITY) <= day) passed++
      const isPlain = day - (specialDays[passed - 1] ?? firstDay) >= plainDays
      // The day before a special one may end differently because of it.
      return isPlain ? Math.max(day + 1, (specialDays[passed] ?? lastDay + 2) - 1) : day + 1
    },
  }
}

/** Intervals in their order, those that touch put together. */
function joined(intervals: readonly Interval[]): readonly Interval[] {
  const all: Interval[] = []
  for (const { from, to } of intervals) {
    const last = all.at(-1)
    if (last && last.to === from) all[all.length - 1] = { from: last.from, to }
    else all.push({ from, to })
  }
  return all
}

function isOpen(calendar: Calendar, zone: Zone, at: number): boolean {
  const { date, clock } = zone.local(at)
  return calendar.intervalsOf(date).some(({ from, to }) => from <= clock && clock < to)
}

/** The moments of a day at which a service may open or close; a midnight over which it stays open is none. */
function momentsOfDay(calendar: Calendar, zone: Zone, day: number): number[] {
  const intervals = calendar.intervalsOf(calendar.dateOf(day))
  const staysFrom = calendar.intervalsOf(calendar.dateOf(day - 1)).at(-1)?.to === '24:00'
  const staysTo = calendar.intervalsOf(calendar.dateOf(day + 1))[0]?.from === '00:00'
  const clocks = intervals.flatMap(({ from, to }) => [
    ...(from === '00:00' && staysFrom ? [] : [from]),
    ...(to === '24:00' && staysTo ? [] : [to]),
  ])
  if (clocks.length === 0) return []
  const date = calendar.dateOf(day)
  const midnight = Date.parse(`${date}T00:00:00Z`)
  const jump = jumpAround(zone, midnight)
  return clocks.flatMap((clock) => momentsOf(jump, midnight, clock))
}

/** How far a zone's clocks are ahead before and after a day, and the moment at which that changes. */
type Jump = { before: number; after: number; at: number }

function jumpAround(zone: Zone, midnight: number): Jump {
  let [early, late] = [midnight - dayMs, midnight + 2 * dayMs]
  const before = zone.offset(early)
  const after = zone.offset(late)
  while (before !== after && late - early > 1_000) {
    const middle = Math.floor((early + late) / 2_000) * 1_000
    if (zone.offset(middle) === before) early = middle
    else late = middle
  }
  return { before, after, at: late }
}

/** The moments at which a clock shows a time, first or again, and that at which it is put over or back behind it. */
function momentsOf({ before, after, at }: Jump, midnight: number, clock: string): number[] {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  const shown = midnight + (hour * 60 + minute) * 60_000
  if (before === after) return [shown - before]
  const [from, to] = [at + before, at + after]
  const isPassed = Math.min(from, to) <= shown && shown <= Math.max(from, to)
  return [shown - before, ...(isPassed ? [at] : []), shown - after]
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

/** What a widget says after a while: to a contact who waits for an answer, and to one who no longer writes. */
export type FollowUp = 'waiting' | 'silent'

/** What is so when that while is over. */
export type FollowUpFacts = {
  state: ConversationState
  /** The widget still says such things. */
  wanted: boolean
  /** Its service is open. */
  open: boolean
  /** The contact was told that nobody is there, since the message for which they wait. */
  awayTold: boolean
  /** They have read the message after which they are silent. */
  read: boolean
  /** Their messenger is connected. */
  connected: boolean
}

/** Whether a follow-up still fits when its time has come; else it is dropped. */
export function followUpFits(as: FollowUp, now: FollowUpFacts): boolean {
  if (!now.wanted || !isTurnOf(as, now.state)) return false
  return as === 'waiting' ? now.open && !now.awayTold : now.read || now.connected
}

/** Who waits is owed an answer; who is silent owes one. */
export function isTurnOf(as: FollowUp, state: ConversationState): boolean {
  return as === 'waiting' ? state === 'new' || state === 'open' : state === 'pending'
}
