import type { Draft, saveDraft as route } from '@foyer/contract/drafts.ts'
import { saidIn } from '@foyer/contract/rich-text/saying.ts'
import type { AnswerOf, BodyOf } from '@foyer/contract/route.ts'
import type { Publish } from '../../platform/changes.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { ConversationProof } from '../conversations/access.ts'
import { draftColumns } from './reads.ts'

export type DraftContext = {
  database: Database
  changes: { publish: Publish<'drafts'> }
}

/** What is kept of one operator's: so many drafts, of so many bytes together. */
export const mostDrafts = 200
export const mostBytes = 1_000_000

/**
 * Keeps what an operator has written, or removes it, if what is kept is still what they saw. Where nothing is kept there is
 * nothing to lose.
 *
 * @throws Failure draft.too_many
 */
export async function saveDraft(
  { database, changes }: DraftContext,
  { organizationId, conversationId, operator: { operatorId } }: ConversationProof,
  { kind, from, ...written }: BodyOf<typeof route>,
): Promise<AnswerOf<typeof route>> {
  const { text, content } = saidIn(written)
  const tree = content ? JSON.stringify(content) : null
  const key = [organizationId, operatorId, conversationId, kind]
  const [saved] = await (text === '' ? remove() : keep())
  if (saved) tell(saved.version)
  if (saved && text !== '') return { draft: saved, taken: true }
  const [known] = saved ? [] : await read()
  // The message that was made of it has removed it already: other devices have still to hear of that.
  if (text === '' && !saved && !known) tell(from + 1)
  // What is kept is as they saw it, so it was the room that was missing.
  if (text !== '' && (!known || known.version === from)) throw new Failure('draft.too_many')
  return { draft: known ?? null, taken: !known }

  /** The operator's own screens show it, on every device. */
  function tell(version: number): void {
    changes.publish({ what: 'drafts', to: { operatorId }, organizationId, version })
  }
  /** A version is a time in microseconds; what the caller saw moves it a day at most, so that others can follow. */
  function keep(): Promise<Draft[]> {
    return database.read(organizationId, {
      name: 'keep_draft',
      text: `insert into drafts as d (organization_id, operator_id, conversation_id, kind, text, content, version)
        select $1, $2, $3, $4, $5, $9::jsonb, greatest(now_at, least($6::bigint + 1, now_at + 86400000000))
          from (select (extract(epoch from clock_now()) * 1000000)::bigint as now_at) clock,
            (select count(*) as count, coalesce(sum(draft_bytes(o.text, o.content)), 0) as bytes from drafts o
            where o.organization_id = $1 and o.operator_id = $2 and (o.conversation_id, o.kind) <> ($3, $4)) others
          where others.count < $7 and others.bytes + draft_bytes($5, $9::jsonb) <= $8
        on conflict (organization_id, operator_id, conversation_id, kind) do update
          set text = excluded.text, content = excluded.content, version = greatest(excluded.version, d.version + 1)
          where d.version = $6 or (d.text = excluded.text and d.content is not distinct from excluded.content)
        returning ${draftColumns}`,
      values: [...key, text, from, mostDrafts, mostBytes, tree],
    })
  }
  function remove(): Promise<Draft[]> {
    return database.read(organizationId, {
      name: 'remove_draft',
      text: `delete from drafts where organization_id = $1 and operator_id = $2 and conversation_id = $3 and kind = $4
          and version = $5
        returning conversation_id as "conversationId", kind, text, content,
          greatest((extract(epoch from clock_now()) * 1000000)::bigint, version + 1) as version`,
      values: [...key, from],
    })
  }
  function read(): Promise<Draft[]> {
    return database.read(organizationId, {
      name: 'read_draft',
      text: `select ${draftColumns} from drafts
        where organization_id = $1 and operator_id = $2 and conversation_id = $3 and kind = $4`,
      values: key,
    })
  }
}
