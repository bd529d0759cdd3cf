import type { Beginning, Draft } from '@foyer/contract/drafts.ts'
import { cutText } from '@foyer/contract/graphemes.ts'
import type { Database } from '../../platform/db/database.ts'
import type { ConversationProof } from '../conversations/access.ts'
import type { OperatorProof } from '../operators/access.ts'

/** Select list over drafts. */
export const draftColumns = 'conversation_id as "conversationId", kind, text, content, version'

/** An operator's own drafts. */
export function listDrafts({ database }: { database: Database }, operator: OperatorProof): Promise<Draft[]> {
  return database.read<Draft>(operator.organizationId, {
    name: 'list_drafts',
    text: `select ${draftColumns} from drafts
      where organization_id = $1 and operator_id = $2 order by version desc`,
    values: [operator.organizationId, operator.operatorId],
  })
}

/** Graphemes that colleagues see of an answer before it is sent, and of how many writers. */
const shownGraphemes = 80
const mostWriters = 5

/** How the answers begin that colleagues have been writing in a conversation within the last minute. */
export async function listBeginnings(
  { database }: { database: Database },
  { organizationId, conversationId, operator }: ConversationProof,
): Promise<Beginning[]> {
  const rows = await database.read<Beginning>(organizationId, {
    name: 'list_beginnings',
    // A grapheme may be of many signs; a text of longer ones is cut earlier.
    text: `select operator_id as "operatorId", left(text, 1000) as text from drafts
      where organization_id = $1 and conversation_id = $2 and kind = 'message' and operator_id <> $3
        and version > (extract(epoch from clock_now() - interval '1 minute') * 1000000)::bigint
      order by version desc limit ${mostWriters}`,
    values: [organizationId, conversationId, operator.operatorId],
  })
  return rows.map(({ operatorId, text }) => ({
    operatorId,
    text: cutText(text.replace(/\s+/gu, ' ').trim(), shownGraphemes),
  }))
}
