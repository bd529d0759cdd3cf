import { Failure } from '../failure.ts'

/** Where a page of a list ended: the values by which the list is ordered, of its last row. */
export type Place = (string | number)[]

/** A place as clients carry it: opaque to them. */
export function writeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/**
 * The place a client hands back, or `start` without one.
 *
 * @param fits what else must be so of its values, where they are narrower than their kinds
 * @throws Failure request.invalid where it is none of this list's
 */
export function readCursor<Given extends Place>(
  cursor: string | undefined,
  start: Given,
  fits: (place: Given) => boolean = () => true,
): Given {
  if (cursor === undefined) return start
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const isOne =
      Array.isArray(place) &&
      place.length === start.length &&
      place.every((value, index) => isLike(start[index], value))
    if (isOne && fits(place as Given)) return place as Given
  } catch {
    // Falls through to the refusal.
  }
  throw new Failure('request.invalid', { fields: ['cursor'] })
}

const anId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const aTime = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d{1,6})?[+-](\d\d)(?::(\d\d))?(?::(\d\d))?$/

/**
 * Whether a value is of the kind that stands in its place: a number, an id, a time as PostgreSQL writes it, or, where the list
 * starts with nothing, any text. What passes is one for PostgreSQL too.
 */
function isLike(start: string | number | undefined, value: unknown): boolean {
  if (typeof start === 'number') return typeof value === 'number' && Number.isFinite(value)
  if (typeof start !== 'string' || typeof value !== 'string') return false
  if (start === '') return value.isWellFormed() && !value.includes('\u0000')
  return anId.test(start) ? anId.test(value) : isTime(value)
}

function isTime(value: string): boolean {
  const [, day, clock, ...zone] = aTime.exec(value) ?? []
  const at = new Date(`${day}T${clock}Z`)
  // A day that its month lacks would become one of the next; the year 0 is none.
  const isReal = !Number.isNaN(at.getTime()) && at.toISOString() === `${day}T${clock}.000Z`
  const [hours = 0, minutes = 0, seconds = 0] = zone.map((part) => Number(part ?? 0))
  return isReal && at.getUTCFullYear() > 0 && hours < 16 && minutes < 60 && seconds < 60
}

/** Before every row of a list whose newest stand first and that is ordered by time and id. */
export const newestFirst: [string, string] = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
