import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import { demandRight, type OperatorProof, type RightProof } from '../operators/access.ts'

/** That this operator may keep this contact from writing, or let them write again. */
export type BlockProof = RightProof<'contacts.block'> & { readonly contactId: string }

/** @throws Failure role.missing, contact.unknown */
export async function accessBlock(
  { database }: { database: Database },
  operator: OperatorProof,
  contactId: string,
): Promise<BlockProof> {
  const right = demandRight(operator, 'contacts.block')
  const found = await database.read(operator.organizationId, {
    name: 'contact_to_block',
    text: 'select from contacts where organization_id = $1 and id = $2',
    values: [operator.organizationId, contactId],
  })
  if (found.length === 0) throw new Failure('contact.unknown')
  return { ...right, contactId }
}
