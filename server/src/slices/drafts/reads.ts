import type { Draft } from '@foyer/contract/drafts.ts'
import type { Database } from '../../platform/db/database.ts'
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
