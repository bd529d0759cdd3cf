import { randomUUID } from 'node:crypto'
import { blocked } from '@foyer/contract/entries/blocked.ts'
import type { KnownBody } from '@foyer/contract/entries/kinds.ts'
import { unblocked } from '@foyer/contract/entries/unblocked.ts'
import type { Publish } from '../../platform/changes.ts'
import { derivedId } from '../../platform/crypto.ts'
import { Failure } from '../../platform/failure.ts'
import type { Facts } from '../../platform/reactions.ts'
import { endOf, forGood } from '../contacts/model.ts'
// For the change it declares.
import type {} from '../contacts/news.ts'
import type { ConversationContext } from '../conversations/access.ts'
import { noteInLog } from '../conversations/actions.ts'
// For the fact it declares.
import type {} from '../mail/news.ts'
import type { BlockProof } from './access.ts'

type Blocks = { changes: { publish: Publish } }
export type BlockContext = ConversationContext & Blocks

type OfContact = { organizationId: string; contactId: string }

/**
 * Keeps a contact from writing until a moment, or for good (null), and with them whoever shares the address they have left. An
 * earlier block of theirs is replaced. The same id again changes nothing.
 *
 * @throws Failure request.invalid for a moment that has passed
 */
export async function blockContact(
  context: BlockContext,
  proof: BlockProof,
  block: { id: string; reason: string; until: string | null },
): Promise<void> {
  const { organizationId, contactId, operatorId } = proof
  const made = await context.database.within(organizationId, async (transaction) => {
    const [row] = await transaction.query<{ id: string }>({
      name: 'block_contact',
      text: `insert into contact_blocks (organization_id, id, contact_id, mailbox_key, mailbox_proven, reason, blocked_by, until_at)
        select k.organization_id, $3, k.id, mail_key(k.email), k.email_verified_at is not null, $4, $5, $6 from contacts k
        where k.organization_id = $1 and k.id = $2 and $6::timestamptz > clock_now() for no key update
        on conflict (organization_id, id) do nothing returning id`,
      values: [organizationId, contactId, block.id, block.reason, operatorId, block.until ?? forGood],
    })
    if (row) {
      const replaced = await transaction.query<{ id: string }>({
        name: 'replace_blocks',
        text: `update contact_blocks set lifted_at = clock_now(), lifted_by = $4
          where organization_id = $1 and contact_id = $2 and id <> $3 and lifted_at is null returning id`,
        values: [organizationId, contactId, block.id, operatorId],
      })
      return [row, ...replaced]
    }
    const known = await transaction.query({
      text: 'select from contact_blocks where organization_id = $1 and id = $2 and contact_id = $3',
      values: [organizationId, block.id, contactId],
    })
    if (known.length === 0) throw new Failure('request.invalid')
    return []
  })
  for (const { id, until } of await concernedBy(context, organizationId, made)) {
    // What holds them longer, or does not reach them, is no news to them.
    const isNews = until !== null && endOf(until) === endOf(block.until ?? forGood)
    const body = blocked.body({ reason: block.reason, until: block.until })
    const note = { key: `block/${block.id}`, by: operatorId, body, isTold: true }
    context.heads.forgetOfContact(id)
    if (isNews) await noteOfContact(context, { organizationId, contactId: id }, note)
    tellUntil(context, { organizationId, contactId: id }, until)
  }
}

/** Lets a contact write again, and with them whom the same blocks concern; nothing happens where none keeps them from it. */
export async function unblockContact(context: BlockContext, proof: BlockProof): Promise<void> {
  const { organizationId, contactId, operatorId } = proof
  const lifted = await context.database.read<{ id: string }>(organizationId, {
    name: 'unblock_contact',
    text: `update contact_blocks b set lifted_at = clock_now(), lifted_by = $3 from blocks_of($1, $2) o
      where b.organization_id = $1 and b.id = o.id and b.lifted_at is null returning b.id`,
    values: [organizationId, contactId, operatorId],
  })
  const key = `unblock/${randomUUID()}`
  for (const { id, until } of await concernedBy(context, organizationId, lifted)) {
    context.heads.forgetOfContact(id)
    tellUntil(context, { organizationId, contactId: id }, until)
    const note = { key, by: operatorId, body: unblocked.body({}), isTold: true }
    if (until === null) await noteOfContact(context, { organizationId, contactId: id }, note)
  }
}

function tellUntil(
  { changes }: Blocks,
  { organizationId, contactId }: OfContact,
  until: string | null,
): void {
  changes.publish({ what: 'contact.blocked', to: 'processes', organizationId, id: contactId, until })
}

/** Tells operators what became of a contact's address, and everybody whether the contact is blocked now. */
export async function heedAddress(
  context: BlockContext,
  { key, body, ...contact }: Facts['contact.addressed'],
): Promise<void> {
  await noteOfContact(context, contact, { key, by: null, body })
  const { organizationId, contactId } = contact
  const [row] = await context.database.read<{ until: string | null }>(organizationId, {
    name: 'tell_block',
    text: 'select blocked_until($1, $2) as until',
    values: [organizationId, contactId],
  })
  tellUntil(context, contact, row?.until ?? null)
}

/** Everybody whom these blocks concern or did, and until when they are blocked now. */
async function concernedBy(
  { database }: Pick<BlockContext, 'database'>,
  organizationId: string,
  blocks: readonly { id: string }[],
): Promise<{ id: string; until: string | null }[]> {
  if (blocks.length === 0) return []
  return database.read(organizationId, {
    name: 'concerned_by_blocks',
    text: `select k.id, blocked_until($1, k.id) as until from contacts k where k.organization_id = $1 and exists (
        select from contact_blocks b where b.organization_id = $1 and b.id = any ($2) and (b.contact_id = k.id
          or (b.mailbox_key = mail_key(k.email) and (b.mailbox_proven or k.email_verified_at is null))))`,
    values: [organizationId, blocks.map(({ id }) => id)],
  })
}

/**
 * Tells operators of something about a contact, in the log of each of their running conversations, or of the last where none
 * runs; with `isTold` the contact reads it in the last of them. What heads say of the contact is read anew thereby. Told again
 * under the same `key`, nothing happens.
 */
export async function noteOfContact(
  context: ConversationContext,
  { organizationId, contactId }: OfContact,
  note: { key: string; by: string | null; body: KnownBody; isTold?: boolean },
): Promise<void> {
  const rows = await context.database.read<{ id: string }>(organizationId, {
    name: 'conversations_to_note',
    text: `select id from (select id, ended_at, row_number() over (order by public_last_at desc, id desc) as place
        from conversations where organization_id = $1 and contact_id = $2) c
      where ended_at is null or place = 1 order by place limit 50`,
    values: [organizationId, contactId],
  })
  for (const [index, { id }] of rows.entries()) {
    const isTold = (note.isTold ?? false) && index === 0
    const event = { id: derivedId(`${note.key}/${id}`), by: note.by, body: note.body, isTold }
    await noteInLog(context, { organizationId, conversationId: id }, event)
  }
}
