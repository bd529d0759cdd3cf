import type { Contact } from '@foyer/contract/contacts.ts'
import { sha256 } from '../../platform/crypto.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { OperatorProof } from '../operators/access.ts'
import type { ContactProof } from './access.ts'

type Context = { database: Database }
type Row = Omit<Contact, 'createdAt'> & { created_at: string }

/** @throws Failure contact.unknown */
export async function readContact(
  { database }: Context,
  proof: OperatorProof,
  contactId: string,
): Promise<Contact> {
  const [row] = await database.read<Row>(proof.organizationId, {
    name: 'read_contact',
    text: `select k.id, k.name, k.email, k.email_verified_at is not null as "emailVerified", k.locale, k.created_at, k.version, exists (
             select from presence p join processes r on r.id = p.process_id
             where p.organization_id = k.organization_id and p.subject_kind = 'contact' and p.subject_id = k.id
               and r.lease_until > clock_now()) as online
           from contacts k where k.organization_id = $1 and k.id = $2`,
    values: [proof.organizationId, contactId],
  })
  if (!row) throw new Failure('contact.unknown')
  const { created_at, ...rest } = row
  return { ...rest, createdAt: created_at }
}

/** The address a contact has left, if they have. */
export async function readMyEmail({ database }: Context, contact: ContactProof): Promise<string | null> {
  const [row] = await database.read<{ email: string | null }>(contact.organizationId, {
    name: 'read_my_email',
    text: 'select email from contacts where organization_id = $1 and id = $2',
    values: [contact.organizationId, contact.contactId],
  })
  return row?.email ?? null
}

/** How many messages wait behind a badge; none for one that nobody has. */
export async function readUnread({ database }: Context, badge: string): Promise<number> {
  const [row] = await database.run<{ unread: number }>({
    name: 'unread_by_badge',
    text: 'select unread_by_badge($1) as unread',
    values: [sha256(badge)],
  })
  return row?.unread ?? 0
}
