import type { ConversationState } from '@foyer/contract/conversations.ts'
import type { Actor } from '@foyer/contract/entries/actor.ts'
import { assigned } from '@foyer/contract/entries/assigned.ts'
import { blocked } from '@foyer/contract/entries/blocked.ts'
import { ended } from '@foyer/contract/entries/ended.ts'
import { isForContacts } from '@foyer/contract/entries/for-contacts.ts'
import { groupAssigned } from '@foyer/contract/entries/group-assigned.ts'
import { groupUnassigned } from '@foyer/contract/entries/group-unassigned.ts'
import type { KnownBody } from '@foyer/contract/entries/kinds.ts'
import { liveBegan } from '@foyer/contract/entries/live-began.ts'
import { liveEnded } from '@foyer/contract/entries/live-ended.ts'
import { opened } from '@foyer/contract/entries/opened.ts'
import { resumed } from '@foyer/contract/entries/resumed.ts'
import { setPending } from '@foyer/contract/entries/set-pending.ts'
import { snoozeEnded } from '@foyer/contract/entries/snooze-ended.ts'
import { snoozed } from '@foyer/contract/entries/snoozed.ts'
import { unassigned } from '@foyer/contract/entries/unassigned.ts'
import type { ErrorCode } from '@foyer/contract/errors.ts'
import { type FollowUp, isTurnOf } from '../widgets/model.ts'
import type { Decision, Due, Outcome } from './shapes.ts'

/*
 * A conversation's states and what moves them.
 *
 *   NEW      a contact wrote, no operator has answered yet
 *   OPEN     an operator owes an answer: one has written before, or one was there and got it
 *   PENDING  the operator wrote last; the contact's turn
 *   ENDED    out of every inbox
 *
 *   event                        NEW      OPEN     PENDING   ENDED
 *   the contact writes           NEW      OPEN     OPEN      OPEN, or NEW if never answered
 *   the assigned operator writes PENDING  PENDING  PENDING   refused
 *   taken / unassigned           stays    stays    stays     refused
 *   given to a colleague         stays    stays    OPEN      refused
 *   they look, or write          stays    stays    stays     refused
 *   given to a group             stays    stays    stays     refused
 *   set open by hand             OPEN     OPEN     OPEN      refused
 *   set pending by hand          PENDING  PENDING  PENDING   refused
 *   ended by an operator         ENDED    ENDED    ENDED     refused
 *   that nobody is there is told stays    stays    stays     refused
 *   told while the contact waits stays    stays    refused   refused
 *   told while they are silent   refused  refused  stays     refused
 *   30 days without an answer    –        –        ENDED     –
 *   its operator left for good   stays    stays    stays     –, and unassigned
 *   about the contact            stays    stays    stays     stays
 *   resumed by an operator       refused  refused  refused   OPEN, assigned to whoever resumes
 *
 * SNOOZED is no state but lies upon an assigned conversation that is not live: put off until a moment, it is in no open list and
 * count of whoever has it, whoever's turn it is; PENDING says whose turn it is, and stays in view (decision 038).
 *
 *   event                                               not snoozed    snoozed
 *   snoozed by whoever has it, or may take it over      snoozed        until then
 *   its time has come; brought back by hand             refused        over; PENDING is OPEN
 *   the contact writes; live; given on, taken, set open
 *   or pending by hand; ended                           –              over
 *   the operator writes; a note; what comes by itself   –              stays
 *
 * LIVE is no state but lies upon an assigned conversation: contact and operator are there at once, and one of the operator's
 * slots is taken.
 *
 *   event                                     not live                             live
 *   the contact writes                        live, if there is a slot             stays, the deadline moves
 *   the operator writes                       stays                                stays, the deadline moves
 *   assigned to somebody with a slot free     live, if the contact waits there     stays
 *   assigned to somebody without, or nobody   stays                                ends
 *   a slot becomes free                       live, if it waits for one            –
 *   nobody has sent anything for the widget's minutes; the operator goes offline or away for longer than the grace; so
 *   does the contact; the operator ends it    –                                    ends
 *   the contact is blocked                    –                                    ends
 *   the conversation ends                     –                                    ends
 *
 * Where there is no slot the conversation goes on all the same, for later. A line that is cut for less than the grace
 * changes nothing; an operator who goes offline keeps the conversation. A conversation keeps its operator when it ends: if
 * the contact writes again it goes to them if they have a slot free, else to whoever has one, else it is theirs for later.
 */

/** What decisions look at. */
export type Decidable = {
  state: ConversationState
  assigneeId: string | null
  groupId: string | null
  live: boolean
  snoozed: boolean
  answered: boolean
}

/** Why a conversation stopped being live. */
export type LiveEnd = 'silence' | 'operator_gone' | 'contact_gone' | 'by_hand'

/** Up to which change whoever does it had seen it, and whether the contact has written since. */
type Seen = { seen?: number | undefined; isOvertaken?: boolean }

/** Names are those that contacts see; the log keeps them as they were. */
export type ConversationEvent =
  | { kind: 'contact_wrote' }
  /** Nobody wrote it: the widget says that nobody is there. */
  | { kind: 'away_told' }
  /** So does it say something to whoever has waited, or been silent, for a while. */
  | { kind: 'followed_up'; as: FollowUp }
  | { kind: 'operator_wrote'; by: string }
  | { kind: 'assigned'; by: string; to: string | null; from: string | null; toName: string | null }
  /** Who was given it by a colleague looks at it, or is about to write. */
  | { kind: 'joined'; by: string; byName: string }
  | { kind: 'group_assigned'; by: string; groupId: string | null; groupName: string | null }
  | { kind: 'state_set'; by: string; state: 'open' | 'pending' }
  | ({ kind: 'ended'; by: string } & Seen)
  | ({ kind: 'snoozed'; by: string; mayTakeOver: boolean; until: string } & Seen)
  /** Null: its time has come. */
  | { kind: 'snooze_ended'; by: string | null; mayTakeOver: boolean }
  | { kind: 'resumed'; by: string; byName: string }
  | { kind: 'live_ended'; by: string | null; why: LiveEnd }
  | { kind: 'fell_silent' }
  | { kind: 'left_behind'; from: string }
  | { kind: 'slot_freed'; to: string; toName: string }
  /** Something about the contact that operators should read in the log, and the contact if they are told; it moves nothing, but
   * nobody is live with who is blocked. */
  | { kind: 'contact_noted'; by: string | null; body: KnownBody; isTold: boolean }

/** What a conversation that does not exist yet is decided on as. */
export const unborn: Decidable = {
  state: 'ended',
  assigneeId: null,
  groupId: null,
  live: false,
  snoozed: false,
  answered: false,
}

/** Decides what an event does to a conversation, or refuses it with a code of the catalogue. */
export function decide(head: Decidable, event: ConversationEvent): Decision | ErrorCode {
  switch (event.kind) {
    case 'contact_wrote':
      return message(head, {
        state: head.answered || head.state === 'open' || head.state === 'pending' ? 'open' : 'new',
        waiting: 'start',
        by: 'contact',
        live: 'try',
        route: head.assigneeId === null || head.state === 'ended' ? 'free' : null,
      })
    case 'away_told':
      if (head.live || head.state === 'ended') return 'conversation.ended'
      return told(head, 'away')
    case 'followed_up':
      if (!isTurnOf(event.as, head.state)) return 'conversation.ended'
      return told(head, event.as)
    case 'operator_wrote':
      if (head.assigneeId !== event.by) return 'conversation.not_yours'
      if (head.state === 'ended') return 'conversation.ended'
      return message(head, { state: 'pending', waiting: 'stop', by: 'operator', live: 'extend', route: null })
    case 'assigned':
      if (head.state === 'ended') return 'conversation.ended'
      if (head.assigneeId !== event.from || head.assigneeId === event.to)
        return 'conversation.assigned_meanwhile'
      return given(head, event)
    case 'joined':
      if (head.state === 'ended') return 'conversation.ended'
      if (head.assigneeId !== event.by) return 'conversation.not_yours'
      return joined(head, event)
    case 'group_assigned':
      if (head.state === 'ended') return 'conversation.ended'
      if (head.groupId === event.groupId) return 'conversation.assigned_meanwhile'
      if (event.groupId === null)
        return happened(
          { ...head, groupId: null },
          { waiting: 'keep', live: 'keep' },
          groupUnassigned.body({ groupId: head.groupId }),
        )
      return happened(
        { ...head, groupId: event.groupId, assigneeId: null },
        { waiting: 'keep', live: 'try', route: 'online' },
        groupAssigned.body({ groupId: event.groupId, groupName: event.groupName ?? '' }),
      )
    case 'state_set':
      if (head.state === 'ended') return 'conversation.ended'
      if (isAnothers(head, event.by)) return 'conversation.not_yours'
      return happened(
        { ...head, state: event.state },
        {
          waiting: event.state === 'open' ? 'start' : 'stop',
          live: 'keep',
          ending: event.state === 'open' ? 'stop' : 'start',
        },
        event.state === 'open' ? opened.body({}) : setPending.body({}),
      )
    case 'ended':
      if (head.state === 'ended') return 'conversation.ended'
      if (isAnothers(head, event.by)) return 'conversation.not_yours'
      if (event.isOvertaken) return 'conversation.changed_meanwhile'
      return over(head, ended.body({}))
    case 'snoozed':
      if (head.state === 'ended') return 'conversation.ended'
      if (!isTheirs(head, event)) return 'conversation.not_yours'
      if (head.live) return 'conversation.live'
      if (event.isOvertaken) return 'conversation.changed_meanwhile'
      return happened(
        head,
        { waiting: 'keep', live: 'stop', ending: 'keep' },
        snoozed.body({ until: event.until }),
      )
    case 'snooze_ended':
      if (!head.snoozed) return 'conversation.not_snoozed'
      if (event.by !== null && !isTheirs(head, { ...event, by: event.by })) return 'conversation.not_yours'
      return back(head, event.by)
    case 'left_behind':
      if (head.state === 'ended') return 'conversation.ended'
      if (head.assigneeId !== event.from) return 'conversation.assigned_meanwhile'
      return happened(
        { ...head, assigneeId: null },
        { waiting: 'keep', live: 'stop' },
        unassigned.body({ operatorId: event.from, reason: 'left' }),
      )
    case 'fell_silent':
      if (head.state !== 'pending' || head.snoozed) return 'conversation.ended'
      return { ...over(head, ended.body({ reason: 'silence' })), due: 'end' }
    case 'resumed':
      if (head.state !== 'ended') return 'conversation.not_ended'
      return happened(
        { ...head, state: 'open', assigneeId: event.by },
        { waiting: 'start', live: 'stop' },
        resumed.body({ operatorId: event.by, operatorName: event.byName, ...takenFrom(head, event.by) }),
      )
    case 'live_ended': {
      if (event.by !== null && head.assigneeId !== event.by) return 'conversation.not_yours'
      if (!head.live) return 'conversation.not_live'
      const decision = happened(
        head,
        { waiting: 'keep', live: 'stop' },
        liveEnded.body({ reason: event.why }),
      )
      return { ...decision, due: dueOf(event.why) }
    }
    case 'contact_noted':
      return happened(
        head,
        { waiting: 'keep', live: blocked.read(event.body) ? 'stop' : 'keep', ending: 'keep' },
        event.body,
        event.isTold,
      )
    case 'slot_freed': {
      if (head.state === 'ended') return 'conversation.ended'
      if (head.live || isAnothers(head, event.to)) return 'conversation.assigned_meanwhile'
      const who = { operatorId: event.to, operatorName: event.toName }
      return happened(
        { ...head, assigneeId: event.to },
        { waiting: 'keep', live: 'must' },
        head.assigneeId === null ? assigned.body({ reason: 'routed', ...who }) : liveBegan.body(who),
      )
    }
  }
}

/** Where what is put off stands, whatever else it is: in the list of its own. */
export const snoozedRank = 2

/** Where a conversation stands in a list, the most urgent first. Of those that wait for an answer none is above the others. */
export function rankOf(state: ConversationState, live = false): number {
  if (live) return state === 'pending' ? 0 : -1
  return { new: 1, open: 1, pending: 3, ended: 4 }[state]
}

function liveStateOf(state: ConversationState): ConversationState {
  return state === 'new' ? 'open' : state
}

function dueOf(why: LiveEnd): Due | null {
  if (why === 'by_hand') return null
  return why === 'silence' ? 'live' : why
}

/** The actor of an event, as the log keeps it. */
export function actorOf(event: ConversationEvent, contactId: string): Actor {
  if (event.kind === 'contact_wrote') return { kind: 'contact', id: contactId }
  if (event.kind === 'away_told' || event.kind === 'followed_up') return { kind: 'automatic', id: null }
  const by = 'by' in event ? event.by : null
  return by === null ? { kind: 'system', id: null } : { kind: 'operator', id: by }
}

function isAnothers(head: Decidable, operatorId: string): boolean {
  return head.assigneeId !== null && head.assigneeId !== operatorId
}

/** Whose it is, or whoever may make it theirs. */
function isTheirs(
  { assigneeId }: Decidable,
  { by, mayTakeOver }: { by: string; mayTakeOver: boolean },
): boolean {
  return assigneeId !== null && (assigneeId === by || mayTakeOver)
}

/** Whoever put it off wanted to see to it now: it is their turn, whosever it was. */
function back(head: Decidable, by: string | null): Decision {
  const state = head.state === 'pending' ? 'open' : head.state
  const decision = happened({ ...head, state }, { waiting: 'start', live: 'keep' }, snoozeEnded.body({}))
  return { ...decision, due: by === null ? 'snooze' : 'snoozed' }
}

/** Taken and given back, or given to a colleague: they owe an answer from then on, and have to look first. */
function given(head: Decidable, event: Extract<ConversationEvent, { kind: 'assigned' }>): Decision {
  const { by, to, toName } = event
  if (to === null)
    return happened(
      { ...head, assigneeId: null },
      { waiting: 'keep', live: 'stop' },
      unassigned.body({ operatorId: event.from }),
    )
  const how = to === by ? {} : { reason: 'handed' as const }
  const waits = to !== by && head.state === 'pending'
  return happened(
    { ...head, assigneeId: to, state: waits ? 'open' : head.state },
    { waiting: waits ? 'start' : 'keep', live: 'try' },
    assigned.body({ ...how, operatorId: to, operatorName: toName ?? '', ...takenFrom(head, by) }),
  )
}

/** Whoever looks has read what there was. */
function joined(head: Decidable, { by, byName }: { by: string; byName: string }): Decision {
  const body = assigned.body({ reason: 'joined', operatorId: by, operatorName: byName })
  const decision = happened(head, { waiting: 'keep', live: 'keep' }, body)
  return { ...decision, outcome: { ...decision.outcome, readBy: 'operator' } }
}

/** Whose it was, where that is somebody else: they are told. */
function takenFrom({ assigneeId }: Decidable, by: string): { fromId?: string } {
  return assigneeId === null || assigneeId === by ? {} : { fromId: assigneeId }
}

function over(head: Decidable, body: KnownBody): Decision {
  return happened({ ...head, state: 'ended' }, { waiting: 'stop', live: 'stop' }, body)
}

function message(
  head: Decidable,
  written: {
    state: ConversationState
    by: 'contact' | 'operator'
  } & Pick<Outcome, 'waiting' | 'live' | 'route'>,
): Decision {
  const byContact = written.by === 'contact'
  return {
    outcome: {
      state: written.state,
      assigneeId: head.assigneeId,
      groupId: head.groupId,
      liveState: liveStateOf(written.state),
      rank: rankOf(written.state),
      liveRank: rankOf(written.state, true),
      waiting: written.waiting,
      live: written.live,
      route: written.route,
      contactHere: byContact,
      ending: byContact ? 'stop' : 'start',
      previewAuthor: written.by,
      unreadOperator: byContact ? 1 : 0,
      unreadContact: byContact ? 0 : 1,
      readBy: written.by,
    },
    entry: { kind: 'message', isPublic: true, body: null },
    due: null,
  }
}

/** A message that comes by itself is no answer and moves nothing. */
function told(head: Decidable, due: 'away' | FollowUp): Decision {
  const outcome = moved(head, { waiting: 'keep', live: 'keep' })
  return { outcome, entry: { kind: 'message', isPublic: true, body: null }, due }
}

type Move = Pick<Outcome, 'waiting' | 'live'> & Partial<Pick<Outcome, 'route' | 'ending'>>

/** What happened is for whom its kind is, unless the contact is not told of it this time. */
function happened(next: Decidable, change: Move, body: KnownBody, isTold = true): Decision {
  return {
    outcome: moved(next, change),
    entry: { kind: 'event', isPublic: isTold && isForContacts({ kind: 'event', body }), body },
    due: null,
  }
}

function moved(next: Decidable, change: Move): Outcome {
  return {
    state: next.state,
    assigneeId: next.assigneeId,
    groupId: next.groupId,
    liveState: liveStateOf(next.state),
    rank: rankOf(next.state),
    liveRank: rankOf(next.state, true),
    waiting: change.waiting,
    live: change.live,
    route: change.route ?? null,
    contactHere: false,
    ending: change.ending ?? (next.state === 'pending' ? 'keep' : 'stop'),
    previewAuthor: null,
    unreadOperator: 0,
    unreadContact: 0,
    readBy: null,
  }
}
