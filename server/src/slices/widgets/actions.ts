import { randomUUID } from 'node:crypto'
import { randomKey } from '../../platform/crypto.ts'
import type { Transaction } from '../../platform/db/database.ts'

/** The widget every organization begins with, under the organization's name. */
export async function createFirstWidget(
  transaction: Transaction,
  options: { name: string; locale: string },
): Promise<void> {
  await transaction.query({
    text: 'insert into widgets (organization_id, id, key, name, locale) values ($1, $2, $3, $4, $5)',
    values: [transaction.organizationId, randomUUID(), randomKey(16), options.name, options.locale],
  })
}
