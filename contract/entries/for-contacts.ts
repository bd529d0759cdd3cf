import type { AnyBody } from './kind.ts'
import { kindOf } from './kinds.ts'

/** Whether contacts may learn of something at all. */
export function isForContacts(entry: { kind: string; body: AnyBody | null }): boolean {
  return kindOf(entry)?.audience === 'both'
}

/**
 * The body of an entry as its contact receives it: of kinds that are for both sides what the kind names for them. Nothing passes
 * that no kind names; of a message, which is its text, none may be left.
 */
export function bodyForContact(entry: { kind: string; body: AnyBody | null }): AnyBody | null {
  const { body } = entry
  if (!body) return null
  const kind = kindOf(entry)
  if (kind?.audience !== 'both') return { v: 1, event: 'unknown' }
  if (kind.toContact) return kind.toContact(body)
  const named = Object.keys(kind.fields).filter((field) => Object.hasOwn(body, field))
  if (kind.of === 'message' && named.length === 0) return null
  return { v: kind.v, event: kind.event, ...Object.fromEntries(named.map((field) => [field, body[field]])) }
}
