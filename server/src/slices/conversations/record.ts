import { createHash, randomUUID } from 'node:crypto'
import type { Actor } from '@foyer/contract/entries/actor.ts'
import { assigned } from '@foyer/contract/entries/assigned.ts'
import { message } from '@foyer/contract/entries/message.ts'
import type { ErrorCode } from '@foyer/contract/errors.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import { derivedId } from '../../platform/crypto.ts'
import type { Statement, Transaction } from '../../platform/db/database.ts'
import { violates } from '../../platform/db/errors.ts'
import { Failure } from '../../platform/failure.ts'
import type { Brought } from '../files/reads.ts'
import { isAnyOperatorAvailable } from '../operators/reads.ts'
import { said } from '../widgets/model.ts'
import { readSpeech, type Speech } from '../widgets/reads.ts'
import { type ConversationContext, readHead, withNames } from './access.ts'
import { actorOf, type ConversationEvent, type Decidable, decide } from './model.ts'
import { replay } from './reads.ts'
import type { ConversationRow, Decision, EntryRow, HeadRow, Target, Write } from './shapes.ts'
import { recordStatement } from './statements.ts'

/** What whoever writes brings: the id, and the content that the id stands for. */
export type Draft = {
  id: string
  text: string
  /** What the text is made of, where it is formatted. */
  content?: RichText | undefined
  identityId: string | null
  authorName: string | null
  /** It comes from a browser that has proven to be read at the contact's address. */
  isProven?: boolean
  /** What it brings; their names stand in its text. */
  files?: Brought
}

/** What is decided of a message, with what stands beside its text: its formatting, its files, and where it comes from. */
export function withBody(
  decision: Decision,
  { content, isProven, files }: Pick<Draft, 'content' | 'isProven' | 'files'>,
): Decision {
  if (!content && !isProven && !files) return decision
  const body = message.body({
    ...(content ? { content } : {}),
    ...(isProven ? { proven: true } : {}),
    ...(files ? { files: [...files.shown] } : {}),
  })
  return { ...decision, entry: { ...decision.entry, body } }
}

/** After so many optimistic attempts lost to others, the decision is taken under the head's lock. */
const optimisticAttempts = 3

/** Decides on the head as last known and applies if it is still so; otherwise reads it, decides again, and at last under its lock. */
export async function record(
  context: ConversationContext,
  target: Target,
  event: ConversationEvent,
  draft: Draft,
): Promise<Write> {
  const asked = { target, event, draft, hash: requestHash(target, event, draft) }
  const made = await attempt(context, asked, { tries: isOfSeen(event) ? 0 : optimisticAttempts })
  if ('write' in made) return made.write
  return replay(context, target, { entryId: draft.id, hash: asked.hash, refusal: made.refusal })
}

/**
 * The same for an event that shows names, which are looked up now. What was done before is answered as it was then, though
 * what it named is gone since.
 */
export async function recordNamed(
  context: ConversationContext,
  target: Target,
  asked: { id: string; event: ConversationEvent },
  lookUp: () => Promise<{ event: ConversationEvent; authorName: string | null }>,
): Promise<Write> {
  try {
    const { event, authorName } = await lookUp()
    return await record(context, target, event, happening(asked.id, authorName))
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const hash = requestHash(target, asked.event, happening(asked.id, null))
    return replay(context, target, { entryId: asked.id, hash, refusal: error })
  }
}

/**
 * Lets something come about that nobody asked for, if it is due: a deadline, somebody's leaving, a slot that became free.
 * Null when it is not, or no longer, so.
 */
export async function recordIfDue(
  context: ConversationContext,
  target: Target,
  event: ConversationEvent,
  draft = happening(randomUUID(), null),
): Promise<Write | null> {
  const asked = { target, event, draft, hash: requestHash(target, event, draft) }
  const made = await attempt(context, asked, { tries: 1, ifDue: true })
  return 'write' in made ? made.write : null
}

type Asked = { target: Target; event: ConversationEvent; draft: Draft; hash: Buffer }
type Made = { write: Write } | { refusal: Failure | null }
/** A decision as it was applied, and the head that came of it. */
type Applied = { row: ConversationRow; decision: Decision; routedId: string; actor: Actor }
type Run = (statement: Statement) => Promise<ConversationRow[]>

async function attempt(
  context: ConversationContext,
  asked: Asked,
  { tries, ifDue = false }: { tries: number; ifDue?: boolean },
): Promise<Made> {
  const { organizationId, conversationId } = asked.target
  try {
    for (let tried = 0; tried < tries; tried++) {
      const remembered = tried === 0 && !ifDue ? context.heads.get(conversationId) : undefined
      const head = remembered ?? (await readHead(context, organizationId, conversationId))
      if (!head) throw new Failure('conversation.unknown')
      const applied = await apply((statement) => context.database.run(statement), asked, head)
      if (typeof applied === 'object') return { write: await toldOf(context, asked, head, applied) }
      // What is remembered may be old: nothing is refused from it.
      if (applied && !remembered) return { refusal: new Failure(applied, { assigneeId: head.assignee_id }) }
    }
    return ifDue ? { refusal: null } : await underLock(context, asked)
  } catch (error) {
    if (violates(error, 'entries_id')) return { refusal: null }
    if (violates(error, 'files_sent_once')) return { refusal: notReady(asked.draft) }
    throw error
  }
}

/** Whether it holds only for what its author had seen. The head does not tell who wrote last: that is looked at under its lock. */
function isOfSeen(
  event: ConversationEvent,
): event is ConversationEvent & { kind: 'ended' | 'snoozed'; seen: number } {
  return (event.kind === 'ended' || event.kind === 'snoozed') && event.seen !== undefined
}

async function hasWrittenSince(
  transaction: Transaction,
  { organizationId, conversationId }: Target,
  seen: number,
): Promise<boolean> {
  const rows = await transaction.query({
    text: `select from entries where organization_id = $1 and conversation_id = $2 and seq > $3
      and kind = 'message' and actor_kind = 'contact' limit 1`,
    values: [organizationId, conversationId, seen],
  })
  return rows.length > 0
}

/** Where many are faster again and again, or the log counts too: holds the head while deciding on it. */
async function underLock(context: ConversationContext, asked: Asked): Promise<Made> {
  const { organizationId, conversationId } = asked.target
  const { head, applied } = await context.database.within(organizationId, async (transaction) => {
    const [locked] = await transaction.query<ConversationRow>({
      text: 'select * from conversations where organization_id = $1 and id = $2 for update',
      values: [organizationId, conversationId],
    })
    if (!locked) throw new Failure('conversation.unknown')
    const { event, target } = asked
    const isOvertaken = isOfSeen(event) && (await hasWrittenSince(transaction, target, event.seen))
    const known = isOvertaken ? { ...asked, event: { ...event, isOvertaken } } : asked
    return { head: locked, applied: await apply((statement) => transaction.query(statement), known, locked) }
  })
  if (typeof applied === 'string') return { refusal: new Failure(applied, { assigneeId: head.assignee_id }) }
  if (!applied) throw new Error('A decision did not fit the head that it was taken on under its lock.')
  return { write: await toldOf(context, asked, head, applied) }
}

/** Decides on a head and applies the decision; undefined where the head has changed meanwhile. */
async function apply(
  run: Run,
  asked: Asked,
  head: ConversationRow,
): Promise<Applied | ErrorCode | undefined> {
  const { target, event, draft, hash } = asked
  const decidedOn = decidable(head)
  const decided = decide(decidedOn, event)
  if (typeof decided === 'string') return decided
  const decision = withBody(decided, draft)
  const actor = actorOf(event, head.contact_id)
  const routedId = randomUUID()
  const [row] = await run(
    recordStatement({ ...target, decidedOn, decision, draft: { ...draft, routedId }, actor, hash }),
  )
  return row && { row, decision, routedId, actor }
}

/** Tells of what was applied; what the write did. */
async function toldOf(
  context: ConversationContext,
  { draft }: Asked,
  before: ConversationRow,
  { row, decision, routedId, actor }: Applied,
): Promise<Write> {
  const head = await withNames(context, row)
  const entries = entriesOf(row, decision, {
    ...draft,
    routedId,
    actor,
    authorName: draft.authorName ?? head.assignee_name,
    assigneeName: head.assignee_name,
    assigneePicture: head.assignee_picture,
  })
  tell(context, before, head, { entries, isPublic: decision.entry.isPublic })
  return { entry: entries[0] as EntryRow, entries, head, replayed: false }
}

/** Tells of a change after its commit, and of the slot it gave back. */
export function tell(
  context: ConversationContext,
  before: Pick<HeadRow, 'assignee_id' | 'live_since'>,
  head: HeadRow,
  change: { entries: EntryRow[]; isPublic: boolean },
): void {
  const live = before.live_since !== null
  context.publish({ before: { assigneeId: before.assignee_id, live }, head, ...change })
  const gaveBack = live && (head.live_since === null || head.assignee_id !== before.assignee_id)
  if (gaveBack && before.assignee_id) context.freed(head.organization_id, before.assignee_id)
}

/** What was asked, by which a repetition is known: only what the client sent, for names change meanwhile. */
export function requestHash(target: Target, event: ConversationEvent, draft: Draft): Buffer {
  // A text alone has the hash that it always had.
  const formatted = draft.content ? [draft.content] : []
  return createHash('sha256')
    .update(
      JSON.stringify([
        target.conversationId,
        { ...event, ...noNames },
        draft.text,
        ...formatted,
        ...(draft.files?.shown.map(({ id }) => id) ?? []),
      ]),
    )
    .digest()
}

/** Why a message is not written whose files somebody else has sent meanwhile. */
export function notReady({ files }: Pick<Draft, 'files'>): Failure {
  return new Failure('file.not_ready', { files: files?.shown.map(({ id }) => id) ?? [] })
}

/** JSON leaves out what is undefined. */
const noNames = { toName: undefined, groupName: undefined, byName: undefined }

/** An event says nothing but that it happened; contacts read who did it by the name they know. */
export function happening(id: string, authorName: string | null): Draft {
  return { id, text: '', identityId: null, authorName }
}

export function decidable(row: ConversationRow): Decidable {
  return {
    state: row.state,
    assigneeId: row.assignee_id,
    groupId: row.group_id,
    live: row.live_since !== null,
    snoozed: row.snoozed_until !== null,
    answered: row.answered,
  }
}

/** The entries that a write made: its own, and the one that says to whom the conversation was thereby routed. */
export function entriesOf(
  row: ConversationRow,
  decision: Decision,
  written: {
    id: string
    routedId: string
    text: string
    actor: { kind: EntryRow['actor_kind']; id: string | null }
    authorName: string | null
    assigneeName: string | null
    assigneePicture: string | null
  },
): EntryRow[] {
  const byContact = written.actor.kind === 'contact'
  const isRouted = byContact && row.assignee_id !== decision.outcome.assigneeId
  const at = (seq: number, publicSeq: number | null) => ({
    seq,
    changed_seq: seq,
    public_seq: publicSeq,
    public_changed_seq: publicSeq,
    at: row.last_at,
    session: row.live_since === null ? ('later' as const) : ('live' as const),
    deleted_for_contact_at: null,
    marks: null,
  })
  const own: EntryRow = {
    ...at(row.seq - Number(isRouted), decision.entry.isPublic ? row.public_seq - Number(isRouted) : null),
    id: written.id,
    kind: decision.entry.kind,
    actor_kind: written.actor.kind,
    actor_id: written.actor.id,
    text: written.text,
    body: decision.entry.body,
    author_name: written.actor.kind === 'operator' ? written.authorName : null,
    // Nobody but the assigned operator writes messages.
    author_picture:
      written.actor.kind === 'operator' && decision.entry.kind === 'message' ? written.assigneePicture : null,
  }
  if (!isRouted) return [own]
  const body = assigned.body({
    reason: 'routed',
    operatorId: row.assignee_id,
    operatorName: written.assigneeName ?? '',
  })
  const routed: EntryRow = {
    ...at(row.seq, row.public_seq),
    id: written.routedId,
    kind: 'event',
    actor_kind: 'system',
    actor_id: null,
    text: '',
    body,
    author_name: null,
    author_picture: null,
  }
  return [own, routed]
}

/**
 * Tells a contact who has just written that nobody is there, if the widget has words for it and they were not told within
 * a day. A repetition of their message may still do what a process that died did not.
 */
export async function tellAway(
  context: ConversationContext,
  { head }: Pick<Write, 'head'>,
  { messageId, speech }: { messageId: string; speech?: Speech },
): Promise<void> {
  if (head.live_since !== null) return
  const target = { organizationId: head.organization_id, conversationId: head.id }
  const { texts, locale, open } =
    speech ?? (await readSpeech(context, { ...target, widgetId: head.widget_id }))
  const text = said(texts.away, { spoken: head.contact_locale, own: locale })
  if (!text || (open && (await isAnyOperatorAvailable(context, target.organizationId)))) return
  const id = derivedId(`away/${head.id}/${messageId}`)
  await recordIfDue(context, target, { kind: 'away_told' }, { ...happening(id, null), text })
}
