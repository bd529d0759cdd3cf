import type { SampleStatus } from '@foyer/contract/organizations.ts'
import type { Database } from '../../platform/db/database.ts'
import type { OperatorProof } from '../operators/access.ts'

export async function readSample(
  { database }: { database: Database },
  proof: OperatorProof,
): Promise<SampleStatus> {
  const [row] = await database.read<SampleStatus>(proof.organizationId, {
    text: 'select sample_state as state, sample_progress as progress from organizations where id = $1',
    values: [proof.organizationId],
  })
  if (!row) throw new Error('The organization of a living session is gone.')
  return row
}
