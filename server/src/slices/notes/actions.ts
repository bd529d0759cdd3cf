import { createHash } from 'node:crypto'
import type { EventBody } from '@foyer/contract/entries.ts'
import { violates } from '../../platform/db/errors.ts'
import { Failure } from '../../platform/failure.ts'
import { type ConversationContext, type ConversationProof, readHead } from '../conversations/access.ts'
import type { ConversationRow, EntryRow, HeadRow } from '../conversations/shapes.ts'

export type NoteWrite = { entry: EntryRow; entries: EntryRow[]; head: HeadRow; replayed: boolean }

/** Adds a note; nothing else of the conversation changes. @throws Failure create.id_reused */
export async function addNote(
  context: ConversationContext,
  proof: ConversationProof,
  note: { id: string; text: string },
): Promise<NoteWrite> {
  const { organizationId, conversationId, operator } = proof
  const hash = createHash('sha256')
    .update(JSON.stringify([conversationId, 'note', note.text]))
    .digest()
  const body: EventBody = { v: 1, event: 'note' }
  try {
    const [row] = await context.database.run<ConversationRow>({
      name: 'record_note',
      text: 'select * from record_note($1, $2, $3, $4, $5, $6, $7)',
      values: [
        organizationId,
        conversationId,
        note.id,
        operator.operatorId,
        note.text,
        JSON.stringify(body),
        hash,
      ],
    })
    if (!row) throw new Failure('conversation.unknown')
    return publish(context, row, await entryOf(context, proof, note.id))
  } catch (error) {
    if (!violates(error, 'entries_id')) throw error
    const entry = await entryOf(context, proof, note.id)
    if (!entry?.request_hash.equals(hash)) throw new Failure('create.id_reused')
    const head = await readHead(context, organizationId, conversationId)
    if (!head) throw new Failure('conversation.unknown')
    return { entry, entries: [entry], head, replayed: true }
  }
}

/** Changes a note of the operator's own; without a text only that there was one is left. @throws Failure note.unknown */
export async function changeNote(
  context: ConversationContext,
  proof: ConversationProof,
  note: { id: string; text: string | null },
): Promise<NoteWrite> {
  const { organizationId, conversationId, operator } = proof
  const body: EventBody =
    note.text === null ? { v: 1, event: 'note_deleted' } : { v: 1, event: 'note', edited: true }
  const [row] = await context.database.run<ConversationRow>({
    name: 'change_note',
    text: 'select * from change_note($1, $2, $3, $4, $5, $6)',
    values: [
      organizationId,
      conversationId,
      note.id,
      operator.operatorId,
      note.text ?? '',
      JSON.stringify(body),
    ],
  })
  if (!row) throw new Failure('note.unknown')
  return publish(context, row, await entryOf(context, proof, note.id))
}

type NoteRow = EntryRow & { request_hash: Buffer }

async function entryOf(
  { database }: ConversationContext,
  { organizationId, conversationId }: ConversationProof,
  noteId: string,
): Promise<NoteRow | undefined> {
  const [entry] = await database.read<NoteRow>(organizationId, {
    name: 'note_by_id',
    text: `select e.id, e.seq, e.changed_seq, e.public_seq, e.public_changed_seq, e.at, e.kind, e.actor_kind, e.actor_id,
        e.text, e.body, e.session, e.deleted_for_contact_at, e.request_hash, coalesce(a.alias, a.name) as author_name
      from entries e left join operators a on a.organization_id = $1 and a.id = e.actor_id
      where e.organization_id = $1 and e.conversation_id = $2 and e.id = $3`,
    values: [organizationId, conversationId, noteId],
  })
  return entry
}

/** Tells the operators; the head's names are those that stand beside it. */
async function publish(
  context: ConversationContext,
  row: ConversationRow,
  entry: NoteRow | undefined,
): Promise<NoteWrite> {
  if (!entry) throw new Error('A note just written cannot be read.')
  const remembered = context.heads.get(row.id)
  const named =
    remembered?.assignee_id === row.assignee_id
      ? remembered
      : await readHead(context, row.organization_id, row.id)
  if (!named) throw new Failure('conversation.unknown')
  const { contact_name, contact_locale, assignee_name } = named
  const head: HeadRow = { ...row, contact_name, contact_locale, assignee_name }
  context.heads.set(head)
  // Changed again meanwhile: the packet of that change follows, and this one must not say more than its number.
  const entries = entry.changed_seq > row.seq ? [{ ...entry, changed_seq: row.seq }] : [entry]
  context.publish({
    before: { assigneeId: row.assignee_id, live: row.live_since !== null },
    head,
    entries,
    isPublic: false,
  })
  return { entry, entries, head, replayed: false }
}
