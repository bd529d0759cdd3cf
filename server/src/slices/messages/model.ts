import { isDeletable } from '@foyer/contract/channels.ts'
import { message } from '@foyer/contract/entries/message.ts'
import { messageErased } from '@foyer/contract/entries/message-erased.ts'
import type { ErrorCode } from '@foyer/contract/errors.ts'
import { mostReactions } from '@foyer/contract/marks.ts'
import type { EntryChange, EntryRow, StoredMarks } from '../conversations/shapes.ts'

/** So many people one reaction may have. */
const mostBy = 100

/** What is decided of a message: what it becomes, that it is so already (null), or why not. */
export type Decided = EntryChange | null | ErrorCode

/** What a message is looked at as. */
type Standing = Pick<EntryRow, 'kind' | 'text' | 'body' | 'marks' | 'at' | 'actor_kind' | 'actor_id'> & {
  deleted_for_contact_at: string | null
}

/** Whoever does something to a message. */
export type By = { kind: 'contact' | 'operator'; id: string | null; name: string | null }

/** Deletes a message of our side for the contact. `now` in milliseconds since 1970. */
export function deleted(
  entry: Standing,
  { channel, by, now }: { channel: string; by: string; now: number },
): Decided {
  if (!isMessage(entry)) return 'message.unknown'
  if (entry.deleted_for_contact_at !== null) return null
  if (entry.actor_kind === 'contact' || !isDeletable(channel, { at: Date.parse(entry.at), now }))
    return 'message.undeletable'
  // What nobody can see any more nobody has reacted to.
  const { reactions: _reactions, ...marks } = entry.marks ?? {}
  return { isDeleted: true, marks: { ...marks, deletedBy: by }, isPublic: true }
}

/** Notes that its contact wants a message of theirs deleted. Asked again after a refusal, it is asked again. */
export function erasureAsked(entry: Standing, { now }: { now: number }): Decided {
  if (messageErased.read(entry.body)) return null
  if (!isMessage(entry) || entry.actor_kind !== 'contact') return 'message.unknown'
  if (entry.marks?.erasure) return null
  return { marks: { ...entry.marks, erasure: { askedAt: new Date(now).toISOString() } }, isPublic: true }
}

/** Fulfils that, and nothing of what was said is left; or refuses it. */
export function erasureAnswered(entry: Standing, { granted, by }: { granted: boolean; by: string }): Decided {
  if (messageErased.read(entry.body)) return granted ? null : 'message.unknown'
  if (!isMessage(entry)) return 'message.unknown'
  const erasure = entry.marks?.erasure
  if (!erasure) return 'message.not_asked'
  if (granted) {
    const body = messageErased.body({ operatorId: by })
    return { kind: messageErased.of, text: '', body, marks: null, isPublic: true }
  }
  if (erasure.refusedBy) return null
  return { marks: { ...entry.marks, erasure: { ...erasure, refusedBy: by } }, isPublic: true }
}

/** Adds somebody's reaction, or takes it back. */
export function reacted(entry: Standing, { emoji, on, by }: { emoji: string; on: boolean; by: By }): Decided {
  if (!isMessage(entry) || entry.deleted_for_contact_at !== null) return 'message.unknown'
  const before = entry.marks?.reactions ?? []
  const isBy = (other: By) => other.kind === by.kind && other.id === by.id
  const known = before.find((each) => each.emoji === emoji)
  if ((known?.by.some(isBy) ?? false) === on) return null
  if (on && (known ? known.by.length >= mostBy : before.length >= mostReactions))
    return 'message.reactions_full'
  const without = (all: By[]) => all.filter((other) => !isBy(other))
  const reactions = (known ? before : [...before, { emoji, by: [] }])
    .map((each) =>
      each.emoji === emoji ? { emoji, by: on ? [...without(each.by), by] : without(each.by) } : each,
    )
    .filter((each) => each.by.length > 0)
  return { marks: tidy({ ...entry.marks, reactions }), isPublic: true }
}

/** What is empty is not there. */
function tidy({ reactions, ...rest }: StoredMarks): StoredMarks | null {
  const marks = reactions && reactions.length > 0 ? { ...rest, reactions } : rest
  return Object.keys(marks).length > 0 ? marks : null
}

/** What only a newer version knows may be more than its text. */
function isMessage({ kind, body }: Standing): boolean {
  return kind === 'message' && (body === null || message.read(body) !== null)
}
