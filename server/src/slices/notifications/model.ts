import type { Concern } from '@foyer/contract/entries/kind.ts'
import { kindOf } from '@foyer/contract/entries/kinds.ts'
import {
  type SignColumn,
  type SignKind,
  type SignSettings,
  signColumns,
  usualSigns,
} from '@foyer/contract/signs.ts'
import type { ConversationChange, EntryRow } from '../conversations/shapes.ts'

/**
 * The operators whom a change concerns, each once: who is named in a note, to whom a colleague gave the conversation, and
 * from whom one took it; and the group where it now waits. The database tells the same ones (`notify_concerned` and
 * `notify_taken` in the migrations).
 */
export function concernedBy({ head, entries }: Pick<ConversationChange, 'head' | 'entries'>): {
  operatorIds: string[]
  groupId: string | null
} {
  const concerns = entries.map((entry) => {
    // What its contact wants erased concerns whoever has the conversation.
    if (entry.changed_seq > entry.seq && entry.marks?.erasure)
      return { isToGroup: false, ids: head.assignee_id ? [head.assignee_id] : [] }
    const { operatorIds = [], isToGroup = false } = concernOf(entry)
    const ids = isToGroup && head.assignee_id ? [...operatorIds, head.assignee_id] : operatorIds
    return { isToGroup, ids: ids.filter((id) => id !== entry.actor_id) }
  })
  const isToGroup = concerns.some((concern) => concern.isToGroup)
  return {
    operatorIds: [...new Set(concerns.flatMap(({ ids }) => ids))],
    groupId: isToGroup && head.assignee_id === null ? head.group_id : null,
  }
}

/** What its kind says of whom it concerns; what comes about by itself concerns nobody but who follows. */
function concernOf(entry: EntryRow): Partial<Concern> {
  const { actor_kind, body } = entry
  return (actor_kind === 'operator' && body && kindOf(entry)?.concerns?.(body)) || {}
}

/** A change that may make a sign for somebody: what it is, whose doing, and for whom where not all are asked. */
export type Sign = { kind: SignKind; by: string | null; to: readonly string[] | null }

/** What of a change is worth a sign: the one thing that matters most, or nothing. */
export function signOf({ before, head, entries }: Omit<ConversationChange, 'isPublic'>): Sign | null {
  const own = entries[0]
  // Of what was said before only a note that comes to name somebody is news.
  if (!own || (own.changed_seq > own.seq && own.kind !== 'note')) return null
  const by = own.actor_kind === 'operator' ? own.actor_id : null
  const signs = entries.map((entry) => ({ of: kindOf(entry)?.sign, by: entry.actor_kind }))
  if (signs[0]?.of === 'mentioned') {
    const to = (concernOf(own).operatorIds ?? []).filter((id) => id !== by)
    return to.length > 0 ? { kind: 'mentioned', by, to } : null
  }
  // Whoever brings it back by hand knows.
  if (signs[0]?.of === 'returned')
    return by === null && head.assignee_id ? { kind: 'returned', by, to: [head.assignee_id] } : null
  const wrote = signs.some((sign) => sign.of === 'message' && sign.by === 'contact')
  const given = signs.some((sign) => sign.of === 'assigned' && (sign.by === 'operator' || !wrote))
  const began = head.live_since !== null && !before.live && (wrote || given)
  const kind: SignKind | null = began
    ? 'live'
    : wrote && entries.some(({ seq }) => seq === 1)
      ? 'new'
      : given
        ? 'assigned'
        : wrote
          ? 'message'
          : null
  return kind && { kind, by, to: null }
}

/** Who is in which groups, and how they want to be told. */
export type Circle = { groups: ReadonlySet<string>; settings: SignSettings }

/** What a conversation is to an operator: theirs, their group's, or none of their business. */
export function columnOf(
  head: { assigneeId: string | null; groupId: string | null },
  operatorId: string,
  circles: ReadonlyMap<string, Circle>,
): SignColumn | null {
  const { assigneeId, groupId } = head
  if (assigneeId === operatorId) return 'mine'
  const groups = circles.get(operatorId)?.groups ?? new Set<string>()
  if (groupId !== null) return groups.has(groupId) ? 'group' : null
  if (assigneeId === null) return 'group'
  const theirs = circles.get(assigneeId)?.groups ?? new Set<string>()
  return [...theirs].some((group) => groups.has(group)) ? 'group' : null
}

/** What was kept, and for all that was not, how it usually is. */
export function completeSigns(kept: Partial<SignSettings>): SignSettings {
  return { ...usualSigns, ...kept }
}

/** Choices that are kept: each once, in no order of its own. */
export function tidySigns(change: { [Name in keyof SignSettings]?: SignSettings[Name] | undefined }) {
  const once = (chosen: SignSettings['heard']) =>
    Object.fromEntries(signColumns.map((column) => [column, [...new Set(chosen[column])]]))
  return {
    ...change,
    ...(change.heard ? { heard: once(change.heard) } : {}),
    ...(change.shown ? { shown: once(change.shown) } : {}),
  }
}
