import { createHash } from 'node:crypto'
import type { EventBody } from '@foyer/contract/entries.ts'
import { violates } from '../../platform/db/errors.ts'
import { Failure } from '../../platform/failure.ts'
import { type ConversationContext, type ConversationProof, withNames } from '../conversations/access.ts'
import { readEntry, replay } from '../conversations/reads.ts'
import type { ConversationRow, Write } from '../conversations/shapes.ts'

/** Adds a note; nothing else of the conversation changes. @throws Failure create.id_reused, operator.unknown */
export async function addNote(
  context: ConversationContext,
  proof: ConversationProof,
  note: { id: string; text: string; mentions?: readonly string[] | undefined },
): Promise<Write> {
  const { organizationId, conversationId, operator } = proof
  const named = await mentionsOf(context, organizationId, note.mentions)
  const hash = createHash('sha256')
    .update(JSON.stringify([conversationId, 'note', note.text, ...(note.mentions ?? [])]))
    .digest()
  const body: EventBody = { v: 1, event: 'note', ...named }
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
    return publish(context, row, note.id)
  } catch (error) {
    if (!violates(error, 'entries_id')) throw error
    return replay(context, proof, { entryId: note.id, hash })
  }
}

/** Changes a note of the operator's own; without a text only that there was one is left. @throws Failure note.unknown, operator.unknown */
export async function changeNote(
  context: ConversationContext,
  proof: ConversationProof,
  note: { id: string; text: string | null; mentions?: readonly string[] | undefined },
): Promise<Write> {
  const { organizationId, conversationId, operator } = proof
  const named = await mentionsOf(context, organizationId, note.mentions)
  const body: EventBody =
    note.text === null ? { v: 1, event: 'note_deleted' } : { v: 1, event: 'note', edited: true, ...named }
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
  return publish(context, row, note.id)
}

/** Who is named, by the names that colleagues know them by. */
async function mentionsOf(
  { database }: ConversationContext,
  organizationId: string,
  operatorIds: readonly string[] = [],
): Promise<Pick<EventBody, 'mentions'>> {
  if (operatorIds.length === 0) return {}
  const ids = [...new Set(operatorIds)]
  const mentions = await database.read<{ operatorId: string; name: string }>(organizationId, {
    name: 'names_of_mentioned',
    text: `select id as "operatorId", name from operators
      where organization_id = $1 and id = any ($2) and deactivated_at is null order by name, id`,
    values: [organizationId, ids],
  })
  if (mentions.length < ids.length) throw new Failure('operator.unknown')
  return { mentions }
}

/** Tells the operators. */
async function publish(context: ConversationContext, row: ConversationRow, noteId: string): Promise<Write> {
  const head = await withNames(context, row)
  const entry = await readEntry(context, row.organization_id, noteId)
  if (!entry) throw new Error('A note just written cannot be read.')
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
