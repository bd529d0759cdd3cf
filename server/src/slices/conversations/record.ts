import { createHash, randomUUID } from 'node:crypto'
import type { EventBody } from '@foyer/contract/entries.ts'
import { violates } from '../../platform/db/errors.ts'
import { Failure } from '../../platform/failure.ts'
import { type AccessContext, type ConversationContext, readHead } from './access.ts'
import { actorOf, type ConversationEvent, type Decidable, type Decision, decide } from './model.ts'
import type { ConversationRow, EntryRow, HeadRow } from './shapes.ts'
import { recordStatement } from './statements.ts'

/** What a write did; a repetition of one already done says so, and its entry is the first one's. */
export type Write = { entry: EntryRow; entries: EntryRow[]; head: HeadRow; replayed: boolean }

export type Target = { organizationId: string; conversationId: string }
/** What whoever writes brings: the id, and the content that the id stands for. */
export type Draft = { id: string; text: string; identityId: string | null; authorName: string | null }

/** After so many optimistic attempts lost to others, the decision is taken under the head's lock. */
const optimisticAttempts = 3

/** Decide on the head as last known, apply if it is still so; otherwise read it, decide again, and at last under its lock. */
export async function record(
  context: ConversationContext,
  target: Target,
  event: ConversationEvent,
  draft: Draft,
): Promise<Write> {
  const hash = requestHash(target, event, draft)
  const made = await attempt(context, target, event, { draft, hash })
  if ('write' in made) return made.write
  return replay(context, target, draft.id, hash, made.refusal)
}

/**
 * Lets something come about that nobody asked for, if it is due: a deadline, somebody's leaving, a slot that became free.
 * Null when it is not, or no longer, so.
 */
export async function recordIfDue(
  context: ConversationContext,
  target: Target,
  event: ConversationEvent,
): Promise<Write | null> {
  const draft = happening(randomUUID(), null)
  const made = await attempt(context, target, event, { draft, hash: requestHash(target, event, draft) }, true)
  return 'write' in made ? made.write : null
}

type Made = { write: Write } | { refusal: Failure | null }

async function attempt(
  context: ConversationContext,
  target: Target,
  event: ConversationEvent,
  asked: { draft: Draft; hash: Buffer },
  once = false,
): Promise<Made> {
  const { draft, hash } = asked
  for (let tried = 0; ; tried++) {
    const remembered = tried === 0 && !once ? context.heads.get(target.conversationId) : undefined
    const head = remembered ?? (await readHead(context, target.organizationId, target.conversationId))
    if (!head) throw new Failure('conversation.unknown')
    const decision = decide(decidable(head), event)
    if (typeof decision === 'string') {
      if (remembered) continue
      return { refusal: new Failure(decision, { assigneeId: head.assignee_id }) }
    }
    try {
      const actor = actorOf(event, head.contact_id)
      const routedId = randomUUID()
      const ask = (decidedOn: Decidable) =>
        recordStatement({ ...target, decidedOn, decision, draft: { ...draft, routedId }, actor, hash })
      const row =
        tried < optimisticAttempts
          ? (await context.database.run<ConversationRow>(ask(decidable(head))))[0]
          : await underLock(context, target, head, ask)
      if (!row) {
        if (once) return { refusal: null }
        continue
      }
      const next = await withNames(context, row, head)
      context.heads.set(next)
      const entries = entriesOf(row, decision, {
        ...draft,
        routedId,
        actor,
        authorName: draft.authorName ?? next.assignee_name,
        assigneeName: next.assignee_name,
      })
      tell(context, head, next, { entries, isPublic: decision.entry.isPublic })
      return { write: { entry: entries[0] as EntryRow, entries, head: next, replayed: false } }
    } catch (error) {
      if (violates(error, 'entries_id')) return { refusal: null }
      throw error
    }
  }
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

/** Where many are faster again and again: holds the head, and applies the decision if it is the same as was decided on. */
async function underLock(
  context: ConversationContext,
  target: Target,
  decidedOn: HeadRow,
  ask: (decidedOn: Decidable) => ReturnType<typeof recordStatement>,
): Promise<ConversationRow | undefined> {
  return context.database.within(target.organizationId, async (transaction) => {
    const [head] = await transaction.query<ConversationRow>({
      text: 'select * from conversations where organization_id = $1 and id = $2 for update',
      values: [target.organizationId, target.conversationId],
    })
    if (!head || !isSame(decidable(head), decidable(decidedOn))) return undefined
    const [row] = await transaction.query<ConversationRow>(ask(decidable(head)))
    return row
  })
}

/** Answers a repetition with the first result, or throws what the request would otherwise have been refused with. */
export async function replay(
  context: ConversationContext,
  target: Target,
  entryId: string,
  hash: Buffer,
  refusal: Failure | null = null,
): Promise<Write> {
  const [entry] = await context.database.read<EntryRow & { request_hash: Buffer }>(target.organizationId, {
    name: 'entry_by_id',
    text: `select e.id, e.seq, e.changed_seq, e.public_seq, e.public_changed_seq, e.at, e.kind, e.actor_kind, e.actor_id,
        e.text, e.body, e.session, e.deleted_for_contact_at, e.request_hash, coalesce(a.alias, a.name) as author_name
      from entries e
      left join operators a on a.organization_id = $1 and a.id = e.actor_id and e.actor_kind = 'operator'
      where e.organization_id = $1 and e.id = $2`,
    values: [target.organizationId, entryId],
  })
  if (!entry && refusal) throw refusal
  if (!entry?.request_hash.equals(hash)) throw new Failure('create.id_reused')
  const head = await readHead(context, target.organizationId, target.conversationId)
  if (!head) throw new Failure('conversation.unknown')
  return { entry, entries: [entry], head, replayed: true }
}

export function requestHash(target: Target, event: ConversationEvent, draft: Draft): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([target.conversationId, event, draft.text]))
    .digest()
}

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
    answered: row.answered,
  }
}

function isSame(one: Decidable, other: Decidable): boolean {
  return (Object.keys(one) as (keyof Decidable)[]).every((key) => one[key] === other[key])
}

/** The row as written, with the names that stand beside it; a new assignee's is looked up. */
async function withNames(
  context: AccessContext,
  row: ConversationRow,
  known: Pick<HeadRow, 'assignee_id' | 'assignee_name' | 'contact_name' | 'contact_locale'>,
): Promise<HeadRow> {
  const { contact_name, contact_locale } = known
  const assignee_name =
    row.assignee_id === known.assignee_id
      ? known.assignee_name
      : row.assignee_id && (await nameOf(context, row.organization_id, row.assignee_id))
  return { ...row, contact_name, contact_locale, assignee_name }
}

/** The name by which contacts know an operator; null where there is no such operator any more. */
async function nameOf(
  { database }: AccessContext,
  organizationId: string,
  operatorId: string,
): Promise<string | null> {
  const [row] = await database.read<{ name: string }>(organizationId, {
    name: 'name_of_operator',
    text: 'select coalesce(alias, name) as name from operators where organization_id = $1 and id = $2',
    values: [organizationId, operatorId],
  })
  return row?.name ?? null
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
  }
  if (!isRouted) return [own]
  const body: EventBody = {
    v: 1,
    event: 'assigned',
    reason: 'routed',
    operatorId: row.assignee_id,
    operatorName: written.assigneeName ?? '',
  }
  const routed: EntryRow = {
    ...at(row.seq, row.public_seq),
    id: written.routedId,
    kind: 'event',
    actor_kind: 'system',
    actor_id: null,
    text: '',
    body,
    author_name: null,
  }
  return [own, routed]
}
