import {
  type SignColumn,
  type SignKind,
  type SignSettings,
  signColumns,
  usualSigns,
} from '@foyer/contract/signs.ts'
import type { ConversationChange, EntryRow } from '../conversations/shapes.ts'

/**
/**
 * The operators whom a change concerns, each once: who is named in a note, to whom a colleague gave the conversation, and
 * from whom one took it; and the group where it now waits. The database tells the same ones (`notify_concerned` and
 * `notify_taken` in the migrations).
 */
export function concernedBy({ head, entries }: Pick<ConversationChange, 'head' | 'entries'>): {
  operatorIds: string[]
  groupId: string | null
} {
  const isToGroup = entries.some(isGivenToGroup)
  const ids = entries.flatMap((entry) => {
    const { kind, actor_kind, actor_id, body } = entry
    const named =
      kind === 'note'
        ? namedIn(body)
        : actor_kind === 'operator'
          ? [
              ...(body?.event === 'assigned' && body.operatorId ? [body.operatorId] : []),
              ...(body?.fromId ? [body.fromId] : []),
              ...(isGivenToGroup(entry) && head.assignee_id ? [head.assignee_id] : []),
            ]
          : []
    return named.filter((id) => id !== actor_id)
  })
  return {
    operatorIds: [...new Set(ids)],
    groupId: isToGroup && head.assignee_id === null ? head.group_id : null,
  }
}

function isGivenToGroup({ actor_kind, body }: EntryRow): boolean {
  return actor_kind === 'operator' && body?.event === 'group_assigned'
}

/** A change that may make a sign for somebody: what it is, whose doing, and for whom where not all are asked. */
export type Sign = { kind: SignKind; by: string | null; to: readonly string[] | null }

/** What of a change is worth a sign: the one thing that matters most, or nothing. */
export function signOf({ before, head, entries }: Omit<ConversationChange, 'isPublic'>): Sign | null {
  const own = entries[0]
  if (!own) return null
  const by = own.actor_kind === 'operator' ? own.actor_id : null
  if (own.kind === 'note') {
    const to = namedIn(own.body).filter((id) => id !== by)
    return to.length > 0 ? { kind: 'mentioned', by, to } : null
  }
  const wrote = entries.some(({ kind, actor_kind }) => kind === 'message' && actor_kind === 'contact')
  const given = entries.some(
    ({ actor_kind, body }) =>
      (body?.event === 'assigned' && (actor_kind === 'operator' || !wrote)) ||
      body?.event === 'group_assigned',
  )
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

function namedIn(body: EntryRow['body']): string[] {
  return (body?.mentions ?? []).map(({ operatorId }) => operatorId)
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
