import type { Packet } from '@foyer/contract/changes.ts'
import type { ConversationState, Head, Searched } from '@foyer/contract/conversations.ts'
import { bodyForContact } from '@foyer/contract/entries/for-contacts.ts'
import type { AnyBody } from '@foyer/contract/entries/kind.ts'
import type { KnownBody } from '@foyer/contract/entries/kinds.ts'
import type { Entry, PublicEntry } from '@foyer/contract/entries.ts'
import { wholeGraphemes } from '@foyer/contract/graphemes.ts'
import type { Marks, PublicMarks } from '@foyer/contract/marks.ts'
import type { PublicHead } from '@foyer/contract/messenger.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { passageOf } from '../../platform/passages.ts'
import { pictureOf } from '../operators/reads.ts'
import type { FollowUp } from '../widgets/model.ts'

/** A row of `conversations`, as the statements that write it return it. */
export type ConversationRow = {
  organization_id: string
  id: string
  contact_id: string
  widget_id: string
  channel: string
  subject: string | null
  state: ConversationState
  assignee_id: string | null
  group_id: string | null
  answered: boolean
  live_since: string | null
  live_until: string | null
  ends_at: string | null
  wants_live: boolean
  seq: number
  public_seq: number
  created_at: string
  last_at: string
  public_last_at: string
  message_at: string
  waiting_since: string | null
  ended_at: string | null
  snoozed_until: string | null
  rank: number
  position: number
  preview_author: 'contact' | 'operator' | 'system' | null
  preview_text: string | null
  unread_operator: number
  unread_contact: number
  delivered_to_contact: number
  read_by_contact: number
  read_by_operator: number
  /** The colleague who gave it, until whoever got it has looked or written. */
  handed_by: string | null
  /** Their last note about it, and its beginning. */
  handed_note_id: string | null
  handed_note: string | null
  /** When the last message with files was. */
  files_at: string | null
}

/** With the names that stand beside it. */
export type HeadRow = ConversationRow & {
  contact_name: string | null
  contact_email: string | null
  contact_locale: Locale | null
  /** Until when the contact is blocked; what has passed holds no more. */
  contact_blocked_until: string | null
  /** The assigned operator's name as contacts see it. */
  assignee_name: string | null
  assignee_picture: string | null
}

/** As many signs of a message are shown in lists; the database keeps one more. */
const previewLength = 159

/** Select list over conversations c, contacts k, operators o. */
export const headColumns = `c.*, k.name as contact_name, k.email as contact_email, k.locale as contact_locale,
  blocked_until(c.organization_id, c.contact_id) as contact_blocked_until,
  coalesce(o.alias, o.name) as assignee_name, ${pictureOf('o')} as assignee_picture`

export type EntryRow = {
  id: string
  seq: number
  changed_seq: number
  public_seq: number | null
  public_changed_seq: number | null
  at: string
  kind: string
  actor_kind: Entry['actor']['kind']
  actor_id: string | null
  text: string
  body: AnyBody | null
  session: 'live' | 'later' | null
  deleted_for_contact_at: string | null
  marks: StoredMarks | null
  /** The author's name as contacts see it; only for operators. */
  author_name: string | null
  /** Where their picture lies; only of messages, beside which it is shown. */
  author_picture: string | null
}

/** What was done to an entry after it was said, as it is kept. */
export type StoredMarks = {
  /** Which operator deleted it for the contact. */
  deletedBy?: string
  erasure?: NonNullable<Marks['erasure']>
  /** Whoever reacted; operators by the name that contacts know them by. */
  reactions?: {
    emoji: string
    by: { kind: 'contact' | 'operator'; id: string | null; name: string | null }[]
  }[]
}

/**
 * Select list over entries e. The author's name is asked for row by row: it is wanted of a page of entries, and there
 * may be many operators.
 */
export const entryColumns = `e.id, e.seq, e.changed_seq, e.public_seq, e.public_changed_seq, e.at, e.kind, e.actor_kind,
  e.actor_id, e.text, e.body, e.session, e.deleted_for_contact_at, e.marks, case when e.actor_kind = 'operator' then
  (select coalesce(a.alias, a.name) from operators a where a.organization_id = e.organization_id and a.id = e.actor_id)
  end as author_name, case when e.actor_kind = 'operator' and e.kind = 'message' then
  (select ${pictureOf('a')} from operators a where a.organization_id = e.organization_id and a.id = e.actor_id)
  end as author_picture`

/** Which conversation something is done to. */
export type Target = { organizationId: string; conversationId: string }

/** That a while is over, and the number of the message that began it. */
export type DueFollowUp = Target & { kind: FollowUp; since: number }

/** What a write did; a repetition of one already done says so, and its entry is the first one's. */
export type Write = { entry: EntryRow; entries: EntryRow[]; head: HeadRow; replayed: boolean }

/** What an entry becomes; what is not named stays. */
export type EntryChange = Partial<Pick<EntryRow, 'kind' | 'text' | 'body' | 'marks'>> & {
  /** It is deleted for the contact from now on. */
  isDeleted?: true
  /** Whether the contact sees that it changed. */
  isPublic: boolean
}

/** What was changed, for those who show it. Without entries only the head moved. */
export type ConversationChange = {
  /** The head before, where it was known: tells which lists lose the conversation. */
  before: { assigneeId: string | null; live: boolean }
  head: HeadRow
  entries: EntryRow[]
  /** Whether the contact may see it. */
  isPublic: boolean
}

/** What must have come about, by the database's clock and what it knows of who is there, for an event to hold. */
export type Due = 'live' | 'end' | 'snooze' | 'contact_gone' | 'operator_gone'

/** The head's change, in the terms of the statement that applies it. */
export type Outcome = {
  state: ConversationState
  /** The same if it is live: somebody has it then, so that it is not new. */
  liveState: ConversationState
  assigneeId: string | null
  groupId: string | null
  rank: number
  liveRank: number
  /** Whether an answer is owed from now on. */
  waiting: 'start' | 'keep' | 'stop'
  /** `try`: live if there is a slot; `must`: nothing happens without one. */
  live: 'keep' | 'extend' | 'try' | 'must' | 'stop'
  /** Whom to look for: an operator with a free slot; or one with a slot, else one who is there. */
  route: 'free' | 'online' | null
  /** Whether the contact has just shown to be there. */
  contactHere: boolean
  /** Whether the deadline runs after which a silent conversation ends. */
  ending: 'start' | 'keep' | 'stop'
  previewAuthor: 'contact' | 'operator' | null
  /** Added to the counts of unread messages. */
  unreadOperator: number
  unreadContact: number
  /** Who, by writing, has read all there was. */
  readBy: 'contact' | 'operator' | null
}

/** The entry that records it. */
export type EntryShape = { kind: 'message' | 'event'; isPublic: boolean; body: KnownBody | null }

export type Decision = {
  outcome: Outcome
  entry: EntryShape
  due: Due | 'snoozed' | 'away' | FollowUp | null
}

/** A head as operators receive it. */
export function toHead(row: HeadRow): Head {
  return {
    id: row.id,
    n: row.seq,
    state: row.state,
    assigneeId: row.assignee_id,
    groupId: row.group_id,
    live: row.live_since !== null,
    contact: {
      id: row.contact_id,
      name: row.contact_name,
      email: row.contact_email,
      locale: row.contact_locale,
      blockedUntil: row.contact_blocked_until && iso(row.contact_blocked_until),
    },
    widgetId: row.widget_id,
    channel: row.channel,
    subject: row.subject,
    createdAt: iso(row.created_at),
    lastAt: iso(row.last_at),
    messageAt: iso(row.message_at),
    waitingSince: row.waiting_since && iso(row.waiting_since),
    rank: row.rank,
    position: row.position,
    preview: previewOf(row),
    unread: row.unread_operator,
    deliveredToContact: row.delivered_to_contact,
    readByContact: row.read_by_contact,
    readByOperator: row.read_by_operator,
    endedAt: row.ended_at && iso(row.ended_at),
    snoozedUntil: row.snoozed_until && iso(row.snoozed_until),
    handed: row.handed_by === null ? null : { by: row.handed_by, note: row.handed_note },
  }
}

/** A head as its contact receives it: nothing internal, the contact's own numbering. */
export function toPublicHead(row: HeadRow): PublicHead {
  return {
    id: row.id,
    n: row.public_seq,
    ended: row.state === 'ended',
    live: row.live_since !== null,
    // Who was given it comes into view when they have come.
    operator:
      row.assignee_id && row.handed_by === null
        ? { id: row.assignee_id, name: row.assignee_name ?? '', picture: row.assignee_picture }
        : null,
    createdAt: iso(row.created_at),
    lastAt: iso(row.public_last_at),
    messageAt: iso(row.message_at),
    preview: previewOf(row),
    unread: row.unread_contact,
    deliveredToContact: row.delivered_to_contact,
    readByContact: row.read_by_contact,
    readByOperator: row.read_by_operator,
  }
}

/** An entry as operators receive it. */
export function toEntry(row: EntryRow): Entry {
  return {
    id: row.id,
    seq: row.seq,
    changedSeq: row.changed_seq,
    publicSeq: row.public_seq,
    at: iso(row.at),
    actor: { kind: row.actor_kind, id: row.actor_id },
    kind: row.kind,
    session: row.session,
    text: row.text,
    body: row.body,
    ...marksOf(row),
  }
}

/** An entry as its contact receives it. Only for rows the contact may see (`public_seq` set). */
export function toPublicEntry(row: EntryRow): PublicEntry {
  const kind = row.actor_kind === 'contact' || row.actor_kind === 'operator' ? row.actor_kind : 'system'
  const deleted = row.deleted_for_contact_at !== null
  return {
    id: row.id,
    seq: row.public_seq ?? 0,
    changedSeq: row.public_changed_seq ?? 0,
    at: iso(row.at),
    author:
      row.kind === 'message'
        ? { kind, id: row.actor_id, name: row.author_name, picture: row.author_picture }
        : { kind, id: null, name: null, picture: null },
    kind: deleted ? 'deleted' : row.kind,
    text: deleted ? '' : row.text,
    body: deleted ? null : bodyForContact(row),
    ...(deleted ? {} : publicMarksOf(row)),
  }
}

function marksOf({ marks, deleted_for_contact_at: deletedAt }: EntryRow): { marks?: Marks } {
  if (!marks && deletedAt === null) return {}
  const { deletedBy = null, erasure, reactions } = marks ?? {}
  const shown: Marks = {}
  if (deletedAt !== null) shown.deleted = { at: iso(deletedAt), by: deletedBy }
  if (erasure) shown.erasure = erasure
  if (reactions)
    shown.reactions = reactions.map(({ emoji, by }) => ({
      emoji,
      by: by.map(({ kind, id }) => ({ kind, id })),
    }))
  return { marks: shown }
}

/** There is one contact to a conversation. */
function publicMarksOf({ marks }: EntryRow): { marks?: PublicMarks } {
  if (!marks) return {}
  const { erasure, reactions } = marks
  const shown: PublicMarks = {}
  if (erasure) shown.erasure = erasure.refusedBy ? 'refused' : 'asked'
  if (reactions)
    shown.reactions = reactions.map(({ emoji, by }) => ({
      emoji,
      mine: by.some(({ kind }) => kind === 'contact'),
      names: by.flatMap(({ kind, name }) => (kind === 'operator' ? [name ?? ''] : [])),
    }))
  return { marks: shown }
}

/** An entry that a search has found; without one only whether the search is complete. */
export type FoundRow = {
  id: string | null
  conversation_id: string
  seq: number
  text: string
  complete: boolean
}

/** What a search says beside the conversations. */
export function toSearched(rows: readonly FoundRow[], words: string): Searched {
  const matches = rows.flatMap(({ id, conversation_id, seq, text }) =>
    id === null
      ? []
      : [{ conversationId: conversation_id, entryId: id, seq, pieces: passageOf(text, words) }],
  )
  return { matches, complete: rows[0]?.complete ?? true }
}

/** One change just made, as an operator's packet: from the number before its entries to its own. */
export function toPacket(
  epoch: string,
  change: { head: HeadRow; entries: readonly EntryRow[] },
): Packet<Entry, Head> {
  const { head, entries } = change
  return {
    epoch,
    conversationId: head.id,
    prev: head.seq - Math.max(1, entries.length),
    n: head.seq,
    snapshot: false,
    older: false,
    entries: entries.map(toEntry),
    head: toHead(head),
  }
}

/** The same change as its contact's packet. Only for changes the contact may see. */
export function toPublicPacket(
  epoch: string,
  change: { head: HeadRow; entries: readonly EntryRow[] },
): Packet<PublicEntry, PublicHead> {
  const { head } = change
  const entries = change.entries.filter((entry) => entry.public_seq !== null)
  const prev = head.public_seq - Math.max(1, entries.length)
  return {
    epoch,
    conversationId: head.id,
    prev,
    n: head.public_seq,
    // The first packet of a conversation is all of it: a client that has nothing yet holds it from here on.
    snapshot: prev === 0,
    older: false,
    entries: entries.map(toPublicEntry),
    head: toPublicHead(head),
  }
}

function previewOf(row: ConversationRow): Head['preview'] {
  const { preview_author: author, preview_text: text } = row
  if (!author) return null
  const hasFiles = row.files_at !== null && row.files_at === row.message_at
  return { author, text: wholeGraphemes(text ?? '', previewLength), ...(hasFiles ? { hasFiles } : {}) }
}

/** Moments inside JSON come as PostgreSQL writes them. */
function iso(moment: string): string {
  return moment.endsWith('Z') ? moment : new Date(moment).toISOString()
}
