import { randomUUID } from 'node:crypto'
import { addressLeft } from '@foyer/contract/entries/address-left.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { sha256 } from '../../platform/crypto.ts'
import type { Database, Transaction } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { Tell } from '../../platform/reactions.ts'
// For the facts it declares.
import type {} from '../mail/news.ts'
import { blockedFailure, type ContactCaller, type ContactProof, proofOf } from './access.ts'

/**
 * Makes the contact of a token that nobody knew. A twin aborts with a unique violation on `identities_address`: the
 * contact then exists, and `caller.find()` has it.
 */
export async function createContact(
  transaction: Transaction,
  caller: Pick<ContactCaller, 'tokenHash' | 'badge'>,
  options: { locale: Locale | null; agreed: boolean },
): Promise<ContactProof> {
  const { organizationId } = transaction
  const contactId = randomUUID()
  const identityId = randomUUID()
  await transaction.query({
    name: 'create_contact',
    text: `with contact as (
             insert into contacts (organization_id, id, locale, agreed_at)
             values ($1, $2, $3, case when $7 then clock_now() end) returning organization_id, id)
           insert into identities (organization_id, id, contact_id, channel, address_hash, badge_hash)
           select organization_id, $4, id, 'website', $5, $6 from contact`,
    values: [
      organizationId,
      contactId,
      options.locale,
      identityId,
      caller.tokenHash,
      sha256(caller.badge),
      options.agreed,
    ],
  })
  return proofOf({ organizationId, contactId, identityId, isProven: false, blockedUntil: null })
}

/** Keeps that a contact agrees to a widget's terms, from the first time on. @throws Failure privacy.required */
export async function keepAgreement(
  { database }: { database: Database },
  contact: ContactProof,
  { agreed }: { agreed: boolean },
): Promise<void> {
  const rows = await database.read(contact.organizationId, {
    name: 'keep_agreement',
    text: `update contacts set agreed_at = coalesce(agreed_at, clock_now())
      where organization_id = $1 and id = $2 and (agreed_at is not null or $3) returning id`,
    values: [contact.organizationId, contact.contactId, agreed],
  })
  if (rows.length === 0) throw new Failure('privacy.required')
}

/** Keeps the address a contact leaves, and tells of it where it is another than before; says whether. @throws Failure contact.blocked */
export async function leaveAddress(
  context: { database: Database; tell: Tell },
  contact: ContactProof,
  address: string,
): Promise<boolean> {
  const isNew = await keepAddress(context, contact, address)
  const { organizationId, contactId } = contact
  const key = `address/${contactId}/${randomUUID()}`
  if (isNew)
    await context.tell('contact.addressed', {
      organizationId,
      contactId,
      key,
      body: addressLeft.body({ address }),
    })
  return isNew
}

/**
 * Keeps an address; says whether it is another than before, which must be proven anew. Whoever is blocked keeps theirs: with
 * another one they would be free.
 */
async function keepAddress(
  { database }: { database: Database },
  contact: ContactProof,
  email: string,
): Promise<boolean> {
  const [row] = await database.read<{ changed: boolean | null; refused_until: string | null }>(
    contact.organizationId,
    {
      text: `with before as (
          select email, blocked_until($1, $2) as until from contacts where organization_id = $1 and id = $2
            and email is distinct from $3 for update
        ), unproven as (
          update identities i set proven_at = null from before where before.until is null
            and i.organization_id = $1 and i.contact_id = $2 and lower(before.email) is distinct from lower($3)
        ), changed as (
          update contacts k set email = $3, version = k.version + 1,
            email_verified_at = case when lower(k.email) = lower($3) then k.email_verified_at end
          from before where before.until is null and k.organization_id = $1 and k.id = $2
          returning lower(before.email) is distinct from lower($3) as changed
        )
        select before.until as refused_until, (select changed from changed) as changed from before`,
      values: [contact.organizationId, contact.contactId, email],
    },
  )
  if (row?.refused_until) throw blockedFailure(row.refused_until)
  return row?.changed ?? false
}
