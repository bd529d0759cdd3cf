import type { Contact } from '@foyer/contract/contacts.ts'
import { sha256 } from '../../platform/crypto.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { OperatorProof } from '../operators/access.ts'
import type { ContactProof } from './access.ts'
import { endOf } from './model.ts'

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
               and r.lease_until > clock_now()) as online, (
             select json_build_object('id', b.id, 'reason', b.reason, 'by', b.blocked_by, 'at', b.blocked_at, 'until', b.until_at)
             from blocks_of(k.organization_id, k.id) b
             order by b.until_at desc limit 1) as block
           from contacts k where k.organization_id = $1 and k.id = $2`,
    values: [proof.organizationId, contactId],
  })
  if (!row) throw new Failure('contact.unknown')
  const { created_at, block, ...rest } = row
  return {
    ...rest,
    createdAt: created_at,
    block: block && {
      ...block,
      at: new Date(block.at).toISOString(),
      until: block.until && endOf(block.until),
    },
  }
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

/** Where the contact is written to from whom a secret has parted; null where it has parted from nobody. */
export async function readParted(
  { database }: Context,
  tokenHash: Buffer,
): Promise<{ organizationId: string; contactId: string; address: string } | null> {
  const [row] = await database.run<{ organization_id: string; contact_id: string; address: string }>({
    name: 'parted_by_hash',
    text: 'select * from parted_by_hash($1)',
    values: [tokenHash],
  })
  return row ? { organizationId: row.organization_id, contactId: row.contact_id, address: row.address } : null
}

/** The block of a contact as their browser is told of it; undefined where there is none any more. */
export async function readMyBlock(
  { database }: Context,
  contact: ContactProof,
): Promise<{ id: string | null; until: string } | undefined> {
  if (!contact.blockedUntil) return undefined
  const [row] = await database.read<{ id: string }>(contact.organizationId, {
    name: 'read_my_block',
    text: 'select b.id from blocks_of($1, $2) b order by b.until_at desc limit 1',
    values: [contact.organizationId, contact.contactId],
  })
  return { id: row?.id ?? null, until: contact.blockedUntil }
}

/**
 * Until when somebody may not begin a conversation whom we do not know as a contact: because of a block their browser was
 * marked with, or one of the contact whom their secret has parted from.
 */
export async function blockOfStranger(
  { database }: Context,
  stranger: { organizationId: string; tokenHash: Buffer; blockId: string | null },
): Promise<string | null> {
  const [row] = await database.read<{ until: string | null }>(stranger.organizationId, {
    name: 'block_of_stranger',
    text: `select greatest(
        (select b.until_at from contact_blocks b where b.organization_id = $1 and b.id = $2 and b.lifted_at is null
          and b.until_at > clock_now()),
        (select blocked_until($1, p.contact_id) from parted_identities p
          where p.organization_id = $1 and p.address_hash = $3)) as until`,
    values: [stranger.organizationId, stranger.blockId, stranger.tokenHash],
  })
  return row?.until ?? null
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
