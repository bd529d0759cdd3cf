import type { ConversationState } from '@foyer/contract/conversations.ts'
import type { Actor, EventBody } from '@foyer/contract/entries.ts'
import type { ErrorCode } from '@foyer/contract/errors.ts'

/*
 * A conversation's states and what moves them.
 *
 *   NEW      a contact wrote, no operator has answered yet
 *   OPEN     an operator has written before, and now an answer is owed
 *   PENDING  the operator wrote last; the contact's turn
 *   ENDED    out of every inbox
 *
 *   event                        NEW      OPEN     PENDING   ENDED
 *   the contact writes           NEW      OPEN     OPEN      OPEN, or NEW if never answered
 *   the assigned operator writes PENDING  PENDING  PENDING   refused
 *   assigned / unassigned        stays    stays    stays     refused
 *   set open by hand             OPEN     OPEN     OPEN      refused
 *   set pending by hand          PENDING  PENDING  PENDING   refused
 *   ended                        ENDED    ENDED    ENDED     refused
 *   resumed by an operator       refused  refused  refused   OPEN, assigned to whoever resumes
 *
 * A conversation keeps its operator when it ends: if the contact writes again, it comes back to them.
 */

/** What decisions look at. */
export type Decidable = { state: ConversationState; assigneeId: string | null; answered: boolean }

/** Names are those that contacts see; the log keeps them as they were. */
export type ConversationEvent =
  | { kind: 'contact_wrote' }
  | { kind: 'operator_wrote'; by: string }
  | { kind: 'assigned'; by: string; to: string | null; from: string | null; toName: string | null }
  | { kind: 'state_set'; by: string; state: 'open' | 'pending' }
  | { kind: 'ended'; by: string }
  | { kind: 'resumed'; by: string; byName: string }

/** The head's change, in the terms of the statement that applies it. */
export type Outcome = {
  state: ConversationState
  assigneeId: string | null
  rank: number
  /** Whether an answer is owed from now on. */
  waiting: 'start' | 'keep' | 'stop'
  previewAuthor: 'contact' | 'operator' | null
  /** Added to the counts of unread messages. */
  unreadOperator: number
  unreadContact: number
  /** Who, by writing, has read all there was. */
  readBy: 'contact' | 'operator' | null
}

/** The entry that records it. */
export type EntryShape = { kind: 'message' | 'event'; isPublic: boolean; body: EventBody | null }

export type Decision = { outcome: Outcome; entry: EntryShape }

/** Decides what an event does to a conversation, or refuses it with a code of the catalogue. */
export function decide(head: Decidable, event: ConversationEvent): Decision | ErrorCode {
  switch (event.kind) {
    case 'contact_wrote':
      return message(head, { state: head.answered ? 'open' : 'new', waiting: 'start', by: 'contact' })
    case 'operator_wrote':
      if (head.assigneeId !== event.by) return 'conversation.not_yours'
      if (head.state === 'ended') return 'conversation.ended'
      return message(head, { state: 'pending', waiting: 'stop', by: 'operator' })
    case 'assigned':
      if (head.state === 'ended') return 'conversation.ended'
      if (head.assigneeId !== event.from || head.assigneeId === event.to)
        return 'conversation.assigned_meanwhile'
      return happened({ ...head, assigneeId: event.to }, 'keep', {
        isPublic: true,
        body: event.to
          ? { v: 1, event: 'assigned', operatorId: event.to, operatorName: event.toName ?? '' }
          : { v: 1, event: 'unassigned', operatorId: event.from },
      })
    case 'state_set':
      if (head.state === 'ended') return 'conversation.ended'
      if (isAnothers(head, event.by)) return 'conversation.not_yours'
      return happened({ ...head, state: event.state }, event.state === 'open' ? 'start' : 'stop', {
        isPublic: false,
        body: { v: 1, event: event.state === 'open' ? 'opened' : 'set_pending' },
      })
    case 'ended':
      if (head.state === 'ended') return 'conversation.ended'
      if (isAnothers(head, event.by)) return 'conversation.not_yours'
      return happened({ ...head, state: 'ended' }, 'stop', { isPublic: true, body: { v: 1, event: 'ended' } })
    case 'resumed':
      if (head.state !== 'ended') return 'conversation.not_ended'
      return happened({ ...head, state: 'open', assigneeId: event.by }, 'start', {
        isPublic: true,
        body: { v: 1, event: 'resumed', operatorId: event.by, operatorName: event.byName },
      })
  }
}

/** Where a state stands in a list, the most urgent first. */
export function rankOf(state: ConversationState): number {
  return { new: 1, open: 2, pending: 3, ended: 4 }[state]
}

/** The actor of an event, as the log keeps it. */
export function actorOf(event: ConversationEvent, contactId: string): Actor {
  return event.kind === 'contact_wrote'
    ? { kind: 'contact', id: contactId }
    : { kind: 'operator', id: event.by }
}

function isAnothers(head: Decidable, operatorId: string): boolean {
  return head.assigneeId !== null && head.assigneeId !== operatorId
}

function message(
  head: Decidable,
  written: { state: ConversationState; waiting: 'start' | 'stop'; by: 'contact' | 'operator' },
): Decision {
  return {
    outcome: {
      state: written.state,
      assigneeId: head.assigneeId,
      rank: rankOf(written.state),
      waiting: written.waiting,
      previewAuthor: written.by,
      unreadOperator: written.by === 'contact' ? 1 : 0,
      unreadContact: written.by === 'operator' ? 1 : 0,
      readBy: written.by,
    },
    entry: { kind: 'message', isPublic: true, body: null },
  }
}

function happened(next: Decidable, waiting: Outcome['waiting'], entry: Omit<EntryShape, 'kind'>): Decision {
  return {
    outcome: {
      state: next.state,
      assigneeId: next.assigneeId,
      rank: rankOf(next.state),
      waiting,
      previewAuthor: null,
      unreadOperator: 0,
      unreadContact: 0,
      readBy: null,
    },
    entry: { kind: 'event', ...entry },
  }
}
