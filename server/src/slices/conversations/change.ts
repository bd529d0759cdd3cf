import type { ErrorCode } from '@foyer/contract/errors.ts'
import { Failure } from '../../platform/failure.ts'
import { type ConversationContext, readHead, withNames } from './access.ts'
import { readEntry } from './reads.ts'
import {
  type ConversationRow,
  type EntryChange,
  type EntryRow,
  entryColumns,
  type Target,
  type Write,
} from './shapes.ts'

/** Decides on an entry as it stands, under the lock of its conversation; null: it already is so. Refuses by throwing a Failure. */
export type DecideChange = (entry: EntryRow, head: ConversationRow) => EntryChange | null

/**
 * Takes a change of something that was said through the log, and tells of it. Repeated, it changes nothing, where `decide` says
 * that it is so already: the answer to the first request may have been lost.
 *
 * @throws Failure `unknown` where the conversation has no such entry, and whatever `decide` throws
 */
export async function changeEntry(
  context: ConversationContext,
  target: Target & { entryId: string; unknown: ErrorCode },
  decide: DecideChange,
): Promise<Write> {
  const { organizationId, conversationId, entryId, unknown } = target
  const changed = await context.database.within(organizationId, async (transaction) => {
    const [head] = await transaction.query<ConversationRow>({
      name: 'lock_conversation_of_entry',
      text: 'select * from conversations where organization_id = $1 and id = $2 for update',
      values: [organizationId, conversationId],
    })
    const [entry] = await transaction.query<EntryRow>({
      name: 'entry_as_it_stands',
      text: `select ${entryColumns} from entries e
        where e.organization_id = $1 and e.conversation_id = $2 and e.id = $3`,
      values: [organizationId, conversationId, entryId],
    })
    if (!head || !entry) throw new Failure(unknown)
    const change = decide(entry, head)
    if (!change) return null
    const { kind, text, body, marks } = { ...entry, ...change }
    const [row] = await transaction.query<ConversationRow>({
      name: 'change_entry',
      text: 'select * from change_entry($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      values: [
        organizationId,
        conversationId,
        entryId,
        kind,
        text,
        body && JSON.stringify(body),
        marks && JSON.stringify(marks),
        change.isDeleted ?? entry.deleted_for_contact_at !== null,
        change.isPublic,
      ],
    })
    return row ? { row, isPublic: change.isPublic } : null
  })
  if (changed) return tellOfEntry(context, changed.row, { entryId, isPublic: changed.isPublic })
  const entry = await readEntry(context, organizationId, entryId)
  const head = await readHead(context, organizationId, conversationId)
  if (!entry || !head) throw new Failure(unknown)
  return { entry, entries: [entry], head, replayed: true }
}

/** Tells of an entry just written or changed; `row`: the head as that left it. */
export async function tellOfEntry(
  context: ConversationContext,
  row: ConversationRow,
  { entryId, isPublic }: { entryId: string; isPublic: boolean },
): Promise<Write> {
  const head = await withNames(context, row)
  const entry = await readEntry(context, row.organization_id, entryId)
  // Erased with its conversation meanwhile.
  if (!entry) throw new Failure('conversation.unknown')
  // Changed again meanwhile: the packet of that change follows, and this one must not say more than its number.
  const asOf = {
    ...entry,
    changed_seq: Math.min(entry.changed_seq, row.seq),
    public_changed_seq: entry.public_changed_seq && Math.min(entry.public_changed_seq, row.public_seq),
  }
  const entries = [asOf]
  const before = { assigneeId: row.assignee_id, live: row.live_since !== null }
  context.publish({ before, head, entries, isPublic })
  return { entry, entries, head, replayed: false }
}
