import { createHash } from 'node:crypto'
import type { AnyBody } from '@foyer/contract/entries/kind.ts'
import { note as noteKind } from '@foyer/contract/entries/note.ts'
import { noteDeleted } from '@foyer/contract/entries/note-deleted.ts'
import { isSameRichText } from '@foyer/contract/rich-text/clean.ts'
import type { Saying } from '@foyer/contract/rich-text/saying.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import { violates } from '../../platform/db/errors.ts'
import { Failure } from '../../platform/failure.ts'
import type { ConversationContext, ConversationProof } from '../conversations/access.ts'
import { changeEntry, tellOfEntry } from '../conversations/change.ts'
import { replay } from '../conversations/reads.ts'
import type { ConversationRow, EntryRow, Write } from '../conversations/shapes.ts'

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
    return tellOfEntry(context, row, { entryId: note.id, isPublic: false })
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
  return changeEntry(
    context,
    { organizationId, conversationId, entryId: note.id, unknown: 'note.unknown' },
    (before) => {
      if (before.kind !== 'note' || before.actor_id !== operator.operatorId) throw new Failure('note.unknown')
      if (says(before, note.text ?? '', body)) return null
      if (!noteKind.read(before.body)) throw new Failure('note.unknown')
      if (note.from !== undefined && note.from !== before.changed_seq) throw new Failure('note.changed')
      return { text: note.text ?? '', body, isPublic: false }
    },
  )
}

type NoteChange = {
  id: string
  text: string | null
  content?: RichText | undefined
  mentions?: readonly string[] | undefined
  /** Its `changed_seq` as the operator saw it. */
  from?: number | undefined
}

function says(before: EntryRow, text: string, body: AnyBody): boolean {
  const namedIn = (of: AnyBody | null) =>
    (noteKind.read(of)?.mentions ?? []).map(({ operatorId }) => operatorId).join()
  const contentOf = (of: AnyBody | null) => noteKind.read(of)?.content
  return (
    before.text === text &&
    before.body?.event === body.event &&
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
