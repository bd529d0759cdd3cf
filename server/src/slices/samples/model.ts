import { assigned } from '@foyer/contract/entries/assigned.ts'
import { message } from '@foyer/contract/entries/message.ts'
import type { SampleStatus } from '@foyer/contract/organizations.ts'
import { type Saying, sayingOf } from '@foyer/contract/rich-text/saying.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import { type ConversationEvent, decide } from '../conversations/model.ts'
import type { ConversationRow, EntryRow } from '../conversations/shapes.ts'
import type { Author, Script, Step } from './shapes.ts'

/*
 * Sample data's states: absent → creating → present → removing → absent.
 *
 * A job that failed for good leaves `creating` or `removing` behind with nobody at work; removing may then begin anew.
 */

/** What asking for the data, or for its end, leads to. */
export function judge(
  current: { state: SampleStatus['state']; isWorkedOn: boolean },
  asked: 'create' | 'remove',
): 'start' | 'nothing' | 'sample.working' {
  const { state, isWorkedOn } = current
  if (state === (asked === 'create' ? 'absent' : 'present')) return 'start'
  if (state === (asked === 'create' ? 'present' : 'absent')) return 'nothing'
  return asked === 'remove' && !isWorkedOn ? 'start' : 'sample.working'
}

export type Cast = {
  organizationId: string
  conversationId: string
  contactId: string
  identityId: string
  widgetId: string
  /** Names are those that contacts see. */
  operators: Readonly<Record<Exclude<Author, 'contact'>, { id: string; name: string }>>
}

/** What happens, as the rules and statements of conversations know it, and when. */
export type Moment =
  | ({ at: number; event: ConversationEvent } & Saying)
  /** The contact has received, and perhaps read, all there is. */
  | { at: number; mark: 'contact'; read: boolean }
  /** The assigned operator has read all there is. */
  | { at: number; mark: 'operator' }

export type PlayedEntry = Omit<
  EntryRow,
  'author_name' | 'author_picture' | 'deleted_for_contact_at' | 'marks'
> & {
  identity_id: string | null
}
export type Played = { head: ConversationRow; entries: PlayedEntry[] }

/** Turns a script into moments, the last of them as long before `now` as it says. */
export function stage(script: Script, cast: Cast, now: number): Moment[] {
  const moments: Moment[] = []
  let at = 0
  let assignee: Author | null = null
  let isUnseen = false
  let isUnread = false

  function after(ms: number): number {
    at += ms
    return at
  }
  function seeAsOperator(): void {
    if (assignee && isUnseen) moments.push({ at: after(20_000), mark: 'operator' })
    isUnseen = false
  }
  function seeAsContact(): void {
    if (isUnread) moments.push({ at: after(15_000), mark: 'contact', read: true })
    isUnread = false
  }

  for (const step of script.steps) {
    if ('pause' in step) {
      at += step.pause * 60_000
      continue
    }
    const said = isMessage(step) ? step : null
    const isContact = said?.[0] === 'contact'
    if (isContact) seeAsContact()
    else if (said) seeAsOperator()
    moments.push({
      at: after(paceOf(step, moments.length)),
      event: eventOf(step, assignee, cast),
      ...saidBy(step),
    })
    if (isContact) isUnseen = true
    else if (said) isUnread = true
    if ('assign' in step) assignee = step.assign
    if ('resume' in step) assignee = step.resume
  }
  if (script.seen) seeAsOperator()
  if (script.contactSaw === 'delivered') moments.push({ at: after(2_000), mark: 'contact', read: false })
  else if (script.contactSaw !== 'nothing') seeAsContact()
  const shift = now - script.ago * 60_000 - at
  return moments.map((moment) => ({ ...moment, at: moment.at + shift }))
}

function isMessage(step: Step): step is readonly [Author, string | RichText] {
  return Array.isArray(step)
}

/** Nothing, of what is no message. */
function saidBy(step: Step): Saying {
  const said = isMessage(step) ? step[1] : ''
  return typeof said === 'string' ? { text: said } : sayingOf(said)
}

/** People take their time, and longer texts take longer; the same script always at the same pace. */
function paceOf(step: Step, index: number): number {
  const writing = isMessage(step) ? Math.min(240, saidBy(step).text.length / 3) : 10
  return Math.round((20 + writing + ((index * 37) % 90)) * 1000)
}

function eventOf(
  step: Exclude<Step, { pause: number }>,
  assignee: Author | null,
  { operators }: Cast,
): ConversationEvent {
  const operatorOf = (author: Author | null) =>
    author === null || author === 'contact' ? null : operators[author]
  if ('assign' in step) {
    const to = operatorOf(step.assign)
    const from = operatorOf(assignee)?.id ?? null
    return { kind: 'assigned', by: operators[step.by].id, to: to?.id ?? null, from, toName: to?.name ?? null }
  }
  if ('set' in step) return { kind: 'state_set', by: operators[step.by].id, state: step.set }
  if ('end' in step) return { kind: 'ended', by: operators[step.end].id }
  if ('resume' in step) {
    const { id, name } = operators[step.resume]
    return { kind: 'resumed', by: id, byName: name }
  }
  const author = operatorOf(step[0])
  return author ? { kind: 'operator_wrote', by: author.id } : { kind: 'contact_wrote' }
}

/**
 * Plays moments through the rules, to the rows that would have come of them had they been lived: the statements write
 * only the present. A test holds every row against what the real statements make of the same moments.
 *
 * @throws Error when the script does what the rules refuse
 */
export function play(moments: readonly Moment[], cast: Cast, newId: () => string): Played {
  const entries: PlayedEntry[] = []
  let head = blank(cast, moments[0]?.at ?? 0)
  for (const moment of moments) {
    if ('mark' in moment) {
      head = moment.mark === 'contact' ? markedByContact(head, entries, moment) : markedByOperator(head)
      continue
    }
    const decided = {
      state: head.state,
      assigneeId: head.assignee_id,
      groupId: null,
      live: false,
      snoozed: false,
      answered: head.answered,
    }
    const decision = decide(decided, moment.event)
    if (typeof decision === 'string') throw new Error(`A sample script is refused: ${decision}.`)
    const { entry } = decision
    head = recorded(head, moment, decision)
    const isContact = moment.event.kind === 'contact_wrote'
    const publicSeq = entry.isPublic ? head.public_seq : null
    entries.push({
      id: newId(),
      seq: head.seq,
      changed_seq: head.seq,
      public_seq: publicSeq,
      public_changed_seq: publicSeq,
      at: head.last_at,
      kind: entry.kind,
      actor_kind: isContact ? 'contact' : 'operator',
      actor_id: 'by' in moment.event ? moment.event.by : cast.contactId,
      identity_id: isContact ? cast.identityId : null,
      text: moment.text,
      body: moment.content ? message.body({ content: moment.content }) : entry.body,
      session: 'later',
    })
  }
  return { head, entries }
}

/** A conversation that does not exist yet is decided on as an ended one nobody answered. */
function blank(cast: Cast, at: number): ConversationRow {
  const begun = new Date(at).toISOString()
  return {
    organization_id: cast.organizationId,
    id: cast.conversationId,
    contact_id: cast.contactId,
    widget_id: cast.widgetId,
    channel: 'website',
    subject: null,
    state: 'ended',
    assignee_id: null,
    group_id: null,
    answered: false,
    live_since: null,
    live_until: null,
    ends_at: null,
    wants_live: false,
    snoozed_until: null,
    seq: 0,
    public_seq: 0,
    created_at: begun,
    last_at: begun,
    public_last_at: begun,
    message_at: begun,
    waiting_since: null,
    ended_at: null,
    rank: 0,
    position: 0,
    preview_author: null,
    preview_text: null,
    unread_operator: 0,
    unread_contact: 0,
    delivered_to_contact: 0,
    read_by_contact: 0,
    read_by_operator: 0,
    handed_by: null,
    handed_note_id: null,
    handed_note: null,
    files_at: null,
  }
}

/** What `begin_conversation`, `record_entry` and `record_handed` do to the head. */
function recorded(
  head: ConversationRow,
  moment: Extract<Moment, { event: ConversationEvent }>,
  { outcome, entry }: Exclude<ReturnType<typeof decide>, string>,
): ConversationRow {
  const at = new Date(moment.at).toISOString()
  const publicSeq = head.public_seq + (entry.isPublic ? 1 : 0)
  const waitingSince =
    outcome.waiting === 'start'
      ? (head.waiting_since ?? at)
      : outcome.waiting === 'keep'
        ? head.waiting_since
        : null
  const isContacts = outcome.readBy === 'contact'
  const isOperators = outcome.readBy === 'operator'
  const giver =
    assigned.read(entry.body)?.reason === 'handed' && moment.event.kind === 'assigned'
      ? moment.event.by
      : null
  const isOver = isOperators || outcome.assigneeId !== head.assignee_id || outcome.state === 'ended'
  const unread = isOperators ? 0 : head.unread_operator + outcome.unreadOperator
  return {
    ...head,
    state: outcome.state,
    assignee_id: outcome.assigneeId,
    answered: head.answered || moment.event.kind === 'operator_wrote',
    seq: head.seq + 1,
    public_seq: publicSeq,
    last_at: at,
    public_last_at: entry.isPublic ? at : head.public_last_at,
    message_at: outcome.previewAuthor ? at : head.message_at,
    ended_at: outcome.state === 'ended' ? at : null,
    waiting_since: waitingSince,
    ends_at:
      outcome.ending === 'start'
        ? new Date(moment.at + 30 * 86_400_000).toISOString()
        : outcome.ending === 'keep'
          ? head.ends_at
          : null,
    wants_live: outcome.contactHere || (head.wants_live && outcome.live === 'keep'),
    rank: outcome.rank,
    position: waitingSince ? Date.parse(waitingSince) / 1000 : -moment.at / 1000,
    preview_author: outcome.previewAuthor ?? head.preview_author,
    preview_text: outcome.previewAuthor ? [...moment.text].slice(0, 160).join('') : head.preview_text,
    unread_operator: giver === null ? unread : Math.max(1, unread),
    handed_by: giver ?? (isOver ? null : head.handed_by),
    unread_contact: isContacts ? 0 : head.unread_contact + outcome.unreadContact,
    read_by_operator: isOperators ? publicSeq : head.read_by_operator,
    read_by_contact: isContacts ? publicSeq : head.read_by_contact,
    delivered_to_contact: isContacts ? publicSeq : head.delivered_to_contact,
  }
}

/** What `mark_by_contact` does when the contact has received, or read, all there is. */
function markedByContact(
  head: ConversationRow,
  entries: readonly PlayedEntry[],
  { read }: { read: boolean },
): ConversationRow {
  const readTo = read ? head.public_seq : head.read_by_contact
  if (head.delivered_to_contact === head.public_seq && readTo === head.read_by_contact) return head
  const isAfter = (entry: PlayedEntry) => (entry.public_seq ?? 0) > readTo
  return {
    ...head,
    seq: head.seq + 1,
    public_seq: head.public_seq + 1,
    delivered_to_contact: head.public_seq,
    read_by_contact: readTo,
    unread_contact: read
      ? entries.filter(
          (entry) => isAfter(entry) && entry.kind === 'message' && entry.actor_kind !== 'contact',
        ).length
      : head.unread_contact,
  }
}

/** What `mark_by_operator` does when the assigned operator has read all there is. */
function markedByOperator(head: ConversationRow): ConversationRow {
  if (head.read_by_operator === head.public_seq) return head
  return {
    ...head,
    seq: head.seq + 1,
    public_seq: head.public_seq + 1,
    read_by_operator: head.public_seq,
    unread_operator: 0,
    handed_by: null,
  }
}
