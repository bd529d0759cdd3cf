import { createHash } from 'node:crypto'
import type { Transaction } from '../../platform/db/database.ts'
import { violates } from '../../platform/db/errors.ts'
import { Failure } from '../../platform/failure.ts'
import type { ContactProof } from '../contacts/access.ts'
import type { WidgetProof } from '../widgets/access.ts'
import { type AccessContext, type ConversationProof, type MyConversationProof, readHead } from './access.ts'
import { actorOf, type ConversationEvent, type Decision, decide } from './model.ts'
import type { ConversationRow, EntryRow, HeadRow } from './shapes.ts'
import { beginStatement, recordStatement } from './statements.ts'

/** What was changed, for those who show it. `entry` is null when only the head moved. */
export type ConversationChange = {
  /** The head before, where it was known: tells which lists lose the conversation. */
  before: { assigneeId: string | null }
  head: HeadRow
  entry: EntryRow | null
  /** Whether the contact may see it. */
  isPublic: boolean
}

export type ConversationContext = AccessContext & {
  /** Called after the commit. */
  publish: (change: ConversationChange) => void
}

/** What a write did; a repetition of one already done says so, and its entry is the first one's. */
export type Write = { entry: EntryRow; head: HeadRow; replayed: boolean }

type Target = { organizationId: string; conversationId: string }
/** What whoever writes brings: the id, and the content that the id stands for. */
type Draft = { id: string; text: string; identityId: string | null; authorName: string | null }

/** After so many optimistic attempts lost to others, the decision is taken under the head's lock. */
const optimisticAttempts = 3

export function sendMessage(
  context: ConversationContext,
  proof: ConversationProof,
  message: { id: string; text: string },
): Promise<Write> {
  const event = { kind: 'operator_wrote', by: proof.operator.operatorId } as const
  return write(context, proof, event, { ...message, identityId: null, authorName: null })
}

export function writeMessage(
  context: ConversationContext,
  proof: MyConversationProof,
  message: { id: string; text: string },
): Promise<Write> {
  const draft = { ...message, identityId: proof.contact.identityId, authorName: null }
  return write(context, proof, { kind: 'contact_wrote' }, draft)
}

/** Assigns to an operator or to nobody, provided it is still assigned as the caller saw it. */
export async function assignConversation(
  context: ConversationContext,
  proof: ConversationProof,
  assignment: { id: string; operatorId: string | null; from: string | null },
): Promise<Write> {
  const { id, operatorId: to, from } = assignment
  const by = proof.operator.operatorId
  const toName = to && (await nameOf(context, proof.organizationId, to))
  const authorName = to === by ? toName : await nameOf(context, proof.organizationId, by)
  const draft = happening(id, authorName)
  return write(context, proof, { kind: 'assigned', by, to, from, toName }, draft, toName)
}

export async function setState(
  context: ConversationContext,
  proof: ConversationProof,
  change: { id: string; state: 'open' | 'pending' },
): Promise<Write> {
  const by = proof.operator.operatorId
  const draft = happening(change.id, await nameOf(context, proof.organizationId, by))
  return write(context, proof, { kind: 'state_set', by, state: change.state }, draft)
}

export async function endConversation(
  context: ConversationContext,
  proof: ConversationProof,
  change: { id: string },
): Promise<Write> {
  const by = proof.operator.operatorId
  const draft = happening(change.id, await nameOf(context, proof.organizationId, by))
  return write(context, proof, { kind: 'ended', by }, draft)
}

/** Takes up an ended conversation; it is then the caller's. */
export async function resumeConversation(
  context: ConversationContext,
  proof: ConversationProof,
  change: { id: string },
): Promise<Write> {
  const by = proof.operator.operatorId
  const byName = await nameOf(context, proof.organizationId, by)
  return write(context, proof, { kind: 'resumed', by, byName }, happening(change.id, byName), byName)
}

/** Who a conversation starts with: a contact we know, or the means to make one in the same transaction. */
export type Starter =
  | { known: ContactProof }
  | {
      create: (transaction: Transaction) => Promise<ContactProof>
      /** The contact, where a request beside this one made them. */
      find: () => Promise<ContactProof | null>
    }

/** Begins a conversation with the contact's first message. */
export async function startConversation(
  context: ConversationContext,
  widget: WidgetProof,
  starter: Starter,
  start: { id: string; message: { id: string; text: string } },
): Promise<Write> {
  const event = { kind: 'contact_wrote' } as const
  // A conversation that does not exist yet is decided on as an ended one nobody answered.
  const decision = decide({ state: 'ended', assigneeId: null, answered: false }, event) as Decision
  const target = { organizationId: widget.organizationId, conversationId: start.id }
  const draft = { ...start.message, identityId: null, authorName: null }
  const hash = requestHash(target, event, draft)

  try {
    const contact = 'known' in starter ? starter.known : null
    const row = contact
      ? await begin((statement) => context.database.run<ConversationRow>(statement), contact)
      : await context.database.within(widget.organizationId, async (transaction) =>
          begin(
            (statement) => transaction.query<ConversationRow>(statement),
            await (starter as Extract<Starter, { create: unknown }>).create(transaction),
          ),
        )
    const head = await readHead(context, widget.organizationId, row.id)
    if (!head) throw new Error('A conversation just begun cannot be read.')
    const entry = entryOf(row, decision, { ...draft, actor: { kind: 'contact', id: row.contact_id } })
    context.publish({ before: { assigneeId: null }, head: { ...head, ...row }, entry, isPublic: true })
    return { entry, head: { ...head, ...row }, replayed: false }
  } catch (error) {
    if (violates(error, 'identities_address') && 'find' in starter) {
      const known = await starter.find()
      if (known) return startConversation(context, widget, { known }, start)
    }
    if (!violates(error, 'entries_id') && !violates(error, 'conversations_pkey')) throw error
    return replay(context, target, draft.id, hash)
  }

  async function begin(
    ask: (statement: ReturnType<typeof beginStatement>) => Promise<ConversationRow[]>,
    contact: ContactProof,
  ): Promise<ConversationRow> {
    const [row] = await ask(
      beginStatement({
        ...target,
        contactId: contact.contactId,
        widgetId: widget.widgetId,
        channel: 'website',
        decision,
        draft: { ...draft, identityId: contact.identityId },
        actor: { kind: 'contact', id: contact.contactId },
        hash,
      }),
    )
    if (!row) throw new Error('begin_conversation returned no row.')
    return row
  }
}

/** Moves the contact's watermarks forward; nothing happens when they already are as far. */
export async function markByContact(
  context: ConversationContext,
  proof: MyConversationProof,
  reading: { delivered: number; read: number },
): Promise<void> {
  const [row] = await context.database.run<ConversationRow>({
    name: 'mark_by_contact',
    text: 'select * from mark_by_contact($1, $2, $3, $4)',
    values: [proof.organizationId, proof.conversationId, reading.delivered, reading.read],
  })
  if (row) await moved(context, row)
}

/** Moves the assigned operator's reading position forward; of anyone else it is not taken down. */
export async function markByOperator(
  context: ConversationContext,
  proof: ConversationProof,
  reading: { read: number },
): Promise<void> {
  const [row] = await context.database.run<ConversationRow>({
    name: 'mark_by_operator',
    text: 'select * from mark_by_operator($1, $2, $3, $4)',
    values: [proof.organizationId, proof.conversationId, proof.operator.operatorId, reading.read],
  })
  if (row) await moved(context, row)
}

async function moved(context: ConversationContext, row: ConversationRow): Promise<void> {
  const known = context.heads.get(row.id) ?? (await readHead(context, row.organization_id, row.id))
  if (!known) return
  const head = withNames(row, known)
  context.heads.set(head)
  context.publish({ before: { assigneeId: row.assignee_id }, head, entry: null, isPublic: true })
}

/** Decide on the head as last known, apply if it is still so; otherwise read it, decide again, and at last under its lock. */
async function write(
  context: ConversationContext,
  target: Target,
  event: ConversationEvent,
  draft: Draft,
  assigneeName: string | null = null,
): Promise<Write> {
  const hash = requestHash(target, event, draft)
  for (let attempt = 0; ; attempt++) {
    const remembered = attempt === 0 ? context.heads.get(target.conversationId) : undefined
    const head = remembered ?? (await readHead(context, target.organizationId, target.conversationId))
    if (!head) throw new Failure('conversation.unknown')
    const decision = decide(decidable(head), event)
    if (typeof decision === 'string') {
      if (remembered) continue
      return replay(context, target, draft.id, hash, new Failure(decision, { assigneeId: head.assignee_id }))
    }
    try {
      const actor = actorOf(event, head.contact_id)
      const row =
        attempt < optimisticAttempts
          ? (
              await context.database.run<ConversationRow>(
                recordStatement({ ...target, decidedOn: decidable(head), decision, draft, actor, hash }),
              )
            )[0]
          : await writeLocked(context, target, event, draft, hash)
      if (!row) continue
      const next = withNames(row, head, assigneeName)
      context.heads.set(next)
      const entry = entryOf(row, decision, {
        ...draft,
        actor,
        authorName: draft.authorName ?? next.assignee_name,
      })
      context.publish({
        before: { assigneeId: head.assignee_id },
        head: next,
        entry,
        isPublic: decision.entry.isPublic,
      })
      return { entry, head: next, replayed: false }
    } catch (error) {
      if (violates(error, 'entries_id')) return replay(context, target, draft.id, hash)
      throw error
    }
  }
}

async function writeLocked(
  context: ConversationContext,
  target: Target,
  event: ConversationEvent,
  draft: Draft,
  hash: Buffer,
): Promise<ConversationRow | undefined> {
  return context.database.within(target.organizationId, async (transaction) => {
    const [head] = await transaction.query<ConversationRow>({
      text: 'select * from conversations where organization_id = $1 and id = $2 for update',
      values: [target.organizationId, target.conversationId],
    })
    if (!head) return undefined
    const decision = decide(decidable(head), event)
    if (typeof decision === 'string') return undefined
    const actor = actorOf(event, head.contact_id)
    const [row] = await transaction.query<ConversationRow>(
      recordStatement({ ...target, decidedOn: decidable(head), decision, draft, actor, hash }),
    )
    return row
  })
}

/** Answers a repetition with the first result, or throws what the request would otherwise have been refused with. */
async function replay(
  context: ConversationContext,
  target: Target,
  entryId: string,
  hash: Buffer,
  refusal?: Failure,
): Promise<Write> {
  const [entry] = await context.database.read<EntryRow & { request_hash: Buffer }>(target.organizationId, {
    name: 'entry_by_id',
    text: `select e.id, e.seq, e.changed_seq, e.public_seq, e.public_changed_seq, e.at, e.kind, e.actor_kind, e.actor_id,
        e.text, e.body, e.deleted_for_contact_at, e.request_hash, coalesce(a.alias, a.name) as author_name
      from entries e
      left join operators a on a.organization_id = $1 and a.id = e.actor_id and e.actor_kind = 'operator'
      where e.organization_id = $1 and e.id = $2`,
    values: [target.organizationId, entryId],
  })
  if (!entry && refusal) throw refusal
  if (!entry?.request_hash.equals(hash)) throw new Failure('create.id_reused')
  const head = await readHead(context, target.organizationId, target.conversationId)
  if (!head) throw new Failure('conversation.unknown')
  return { entry, head, replayed: true }
}

function requestHash(target: Target, event: ConversationEvent, draft: Draft): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([target.conversationId, event, draft.text]))
    .digest()
}

/** An event says nothing but that it happened; contacts read who did it by the name they know. */
function happening(id: string, authorName: string | null): Draft {
  return { id, text: '', identityId: null, authorName }
}

function decidable(row: ConversationRow): {
  state: ConversationRow['state']
  assigneeId: string | null
  answered: boolean
} {
  return { state: row.state, assigneeId: row.assignee_id, answered: row.answered }
}

/** The row as written, with the names that the one before it had; a new assignee brings theirs. */
function withNames(row: ConversationRow, known: HeadRow, assigneeName: string | null = null): HeadRow {
  return {
    ...row,
    contact_name: known.contact_name,
    contact_locale: known.contact_locale,
    assignee_name: row.assignee_id === known.assignee_id ? known.assignee_name : assigneeName,
  }
}

function entryOf(
  row: ConversationRow,
  decision: Decision,
  written: {
    id: string
    text: string
    actor: { kind: EntryRow['actor_kind']; id: string | null }
    authorName: string | null
  },
): EntryRow {
  const publicSeq = decision.entry.isPublic ? row.public_seq : null
  return {
    id: written.id,
    seq: row.seq,
    changed_seq: row.seq,
    public_seq: publicSeq,
    public_changed_seq: publicSeq,
    at: row.last_at,
    kind: decision.entry.kind,
    actor_kind: written.actor.kind,
    actor_id: written.actor.id,
    text: written.text,
    body: decision.entry.body,
    deleted_for_contact_at: null,
    author_name: written.actor.kind === 'operator' ? written.authorName : null,
  }
}

async function nameOf(
  context: ConversationContext,
  organizationId: string,
  operatorId: string,
): Promise<string> {
  const [row] = await context.database.read<{ name: string }>(organizationId, {
    name: 'operator_name',
    text: `select coalesce(alias, name) as name from operators
      where organization_id = $1 and id = $2 and deactivated_at is null`,
    values: [organizationId, operatorId],
  })
  if (!row) throw new Failure('operator.unknown')
  return row.name
}
