import { createHash } from 'node:crypto'
import type { AnyBody } from '@foyer/contract/entries/kind.ts'
import { note as noteKind } from '@foyer/contract/entries/note.ts'
import { noteDeleted } from '@foyer/contract/entries/note-deleted.ts'
import { isSameRichText } from '@foyer/contract/rich-text/clean.ts'
import type { Saying } from '@foyer/contract/rich-text/saying.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import { violates } from '../../platform/db/errors.ts'
import { Failure } from '../../platform/failure.ts'
import {
  type ConversationContext,
  type ConversationProof,
  readHead,
  withNames,
} from '../conversations/access.ts'
import { readEntry, replay } from '../conversations/reads.ts'
import type { ConversationRow, Write } from '../conversations/shapes.ts'

/** Adds a note; nothing else of the conversation changes. @throws Failure create.id_reused, operator.unknown */
export async function addNote(
  context: ConversationContext,
  proof: ConversationProof,
  note: { id: string; mentions?: readonly string[] | undefined } & Saying,
): Promise<Write> {
  const { organizationId, conversationId, operator } = proof
  const hash = createHash('sha256')
    .update(
      JSON.stringify([
        conversationId,
        'note',
        note.text,
        ...(note.mentions ?? []),
        ...(note.content ? [note.content] : []),
      ]),
    )
    .digest()
  try {
    const named = await mentionsOf(context, organizationId, note.mentions)
    const body = noteKind.body({ ...named, ...withContent(note) })
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
    // Who was named may be gone since: what was done before is answered as it was then.
    const refusal = error instanceof Failure ? error : null
    if (!refusal && !violates(error, 'entries_id')) throw error
    return replay(context, proof, { entryId: note.id, hash, refusal })
  }
}

/**
 * Changes a note of the operator's own, if it is still as they saw it; without a text only that there was one is left. What
 * already is as it should be stays: the answer to the first request may have been lost.
 *
 * @throws Failure note.unknown, note.changed, operator.unknown
 */
export async function changeNote(
  context: ConversationContext,
  proof: ConversationProof,
  note: NoteChange,
): Promise<Write> {
  const { organizationId, conversationId, operator } = proof
  const named = await mentionsOf(context, organizationId, note.mentions)
  const body =
    note.text === null
      ? noteDeleted.body({})
      : noteKind.body({ edited: true, ...named, ...withContent(note) })
  const changed = await context.database.within(organizationId, async (transaction) => {
    const [head] = await transaction.query<ConversationRow>({
      name: 'lock_conversation_of_note',
      text: 'select * from conversations where organization_id = $1 and id = $2 for update',
      values: [organizationId, conversationId],
    })
    const [before] = await transaction.query<Standing>({
      name: 'note_as_it_stands',
      text: `select changed_seq, text, body from entries
        where organization_id = $1 and conversation_id = $2 and id = $3 and kind = 'note' and actor_id = $4`,
      values: [organizationId, conversationId, note.id, operator.operatorId],
    })
    if (!head || !before) throw new Failure('note.unknown')
    if (says(before, note.text ?? '', body)) return null
    if (!noteKind.read(before.body)) throw new Failure('note.unknown')
    if (note.from !== undefined && note.from !== before.changed_seq) throw new Failure('note.changed')
    const [row] = await transaction.query<ConversationRow>({
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
    return row ?? null
  })
  if (changed) return publish(context, changed, note.id)
  const [entry, head] = [
    await readEntry(context, organizationId, note.id),
    await readHead(context, organizationId, conversationId),
  ]
  if (!entry || !head) throw new Failure('note.unknown')
  return { entry, entries: [entry], head, replayed: true }
}

type NoteChange = {
  id: string
  text: string | null
  content?: RichText | undefined
  mentions?: readonly string[] | undefined
  /** Its `changed_seq` as the operator saw it. */
  from?: number | undefined
}
type Standing = { changed_seq: number; text: string; body: AnyBody }

function says(before: Standing, text: string, body: AnyBody): boolean {
  const namedIn = (of: AnyBody) =>
    (noteKind.read(of)?.mentions ?? []).map(({ operatorId }) => operatorId).join()
  const contentOf = (of: AnyBody) => noteKind.read(of)?.content
  return (
    before.text === text &&
    before.body.event === body.event &&
    namedIn(before.body) === namedIn(body) &&
    isSameRichText(contentOf(before.body), contentOf(body))
  )
}

/** JSON has no undefined. */
function withContent({ content }: { content?: RichText | undefined }): { content?: RichText } {
  return content ? { content } : {}
}

/** Who is named, by the names that colleagues know them by. */
async function mentionsOf(
  { database }: ConversationContext,
  organizationId: string,
  operatorIds: readonly string[] = [],
): Promise<{ mentions?: { operatorId: string; name: string }[] }> {
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
