import { sha256 } from '../../platform/crypto.ts'
import type { Transaction } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { MailDraft } from '../mail/actions.ts'

/** All but what takes a change of address back: that is for who has lost their account to somebody. */
export const everyLink = {
  kinds: ['password', 'address'],
  mails: ['password_link', 'address_proof'],
} as const

/** Ends links of an account. Mails first: one that is being sent has its row, and writes its link before it lets go. */
export async function dropLinks(
  transaction: Transaction,
  operatorId: string,
  { kinds, mails }: { kinds: readonly string[]; mails: readonly MailDraft['kind'][] },
): Promise<void> {
  await transaction.query({
    text: `delete from mails where organization_id = $1 and state = 'queued' and kind = any ($3) and data ->> 'operatorId' = $2`,
    values: [transaction.organizationId, operatorId, mails],
  })
  await transaction.query({
    text: 'delete from account_links where organization_id = $1 and operator_id = $2 and kind = any ($3)',
    values: [transaction.organizationId, operatorId, kinds],
  })
}

/** Ends what takes back changes of the address that were made after one. All are good for as long, so that they end in turn. */
export async function dropUndos(
  transaction: Transaction,
  operatorId: string,
  endsAfter: string,
): Promise<void> {
  const values = [transaction.organizationId, operatorId, endsAfter]
  await transaction.query({
    text: `delete from mails where organization_id = $1 and state = 'queued' and kind = 'address_changed'
      and data ->> 'operatorId' = $2 and (data ->> 'until')::timestamptz >= $3`,
    values,
  })
  await transaction.query({
    text: `delete from account_links where organization_id = $1 and operator_id = $2 and kind = 'undo' and expires_at >= $3`,
    values,
  })
}

/** Whatever changes an account holds its row first, so that of two one waits for the other. */
export async function lockAccount(transaction: Transaction, operatorId: string): Promise<void> {
  await transaction.query({
    text: 'select from operators where organization_id = $1 and id = $2 for no key update',
    values: [transaction.organizationId, operatorId],
  })
}

/** That a session has not ended meanwhile; until the commit nobody ends it. @throws Failure session.required */
export async function requireSession(transaction: Transaction, sessionId: string): Promise<void> {
  const living = await transaction.query({
    text: 'select from sessions where organization_id = $1 and id = $2 and expires_at > clock_now() for update',
    values: [transaction.organizationId, sessionId],
  })
  if (living.length === 0) throw new Failure('session.required')
}

/** Uses a link up; of many at once one does. @throws Failure link.invalid */
export async function takeLink(transaction: Transaction, token: string): Promise<{ expires_at: string }> {
  const [taken] = await transaction.query<{ expires_at: string }>({
    text: `delete from account_links l where l.organization_id = $1 and l.token_hash = $2 and account_link_holds(l)
      returning l.expires_at`,
    values: [transaction.organizationId, sha256(token)],
  })
  if (!taken) throw new Failure('link.invalid')
  return taken
}
