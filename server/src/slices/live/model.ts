import type { ListName } from '@foyer/contract/conversations.ts'

/** What of a conversation decides in which inbox lists it stands. */
export type Listed = { assigneeId: string | null }

/**
 * Whether an operator who follows these lists must hear of a change: the conversation stands in one of them, or stood
 * there before and has to leave it.
 */
export function concerns(
  follower: { operatorId: string; lists: ReadonlySet<ListName> },
  before: Listed,
  after: Listed,
): boolean {
  if (follower.lists.has('all')) return true
  const followsUnassigned = follower.lists.has('unassigned') || follower.lists.has('group')
  if (followsUnassigned && (before.assigneeId === null || after.assigneeId === null)) return true
  return (
    follower.lists.has('mine') &&
    (before.assigneeId === follower.operatorId || after.assigneeId === follower.operatorId)
  )
}
