import { randomUUID } from 'node:crypto'
import type { EventBody } from '@foyer/contract/entries.ts'
import { derivedId } from '../../platform/crypto.ts'
import { Failure } from '../../platform/failure.ts'
import { forGood } from '../contacts/model.ts'
import type { ConversationContext } from '../conversations/access.ts'
import { noteInLog } from '../conversations/actions.ts'
import type { BlockProof } from './access.ts'

export type BlockContext = ConversationContext & {
  /** Called after the commit: until when the contact hears nothing new; null: from now on they do. */
  blocked: (organizationId: string, contactId: string, until: string | null) => void
}

type OfContact = { organizationId: string; contactId: string }

/**
 * Keeps a contact from writing until a moment, or for good (null), also under another secret with the address they have left.
 * An earlier block of theirs is replaced. The same id again changes nothing.
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
    const [row] = await transaction.query({
      name: 'block_contact',
      text: `insert into contact_blocks (organization_id, id, contact_id, mailbox_key, reason, blocked_by, until_at)
        select k.organization_id, $3, k.id, mail_key(k.email), $4, $5, $6 from contacts k
        where k.organization_id = $1 and k.id = $2 and $6::timestamptz > clock_now()
        on conflict (organization_id, id) do nothing returning id`,
      values: [organizationId, contactId, block.id, block.reason, operatorId, block.until ?? forGood],
    })
    if (row)
      await transaction.query({
        name: 'replace_blocks',
        text: `update contact_blocks set lifted_at = clock_now(), lifted_by = $4
          where organization_id = $1 and contact_id = $2 and id <> $3 and lifted_at is null`,
        values: [organizationId, contactId, block.id, operatorId],
      })
    else {
      const known = await transaction.query({
        text: 'select from contact_blocks where organization_id = $1 and id = $2 and contact_id = $3',
        values: [organizationId, block.id, contactId],
      })
      if (known.length === 0) throw new Failure('request.invalid')
    }
    return row !== undefined
  })
  if (!made) return
  const body: EventBody = { v: 1, event: 'blocked', reason: block.reason, until: block.until }
  await noteOfContact(context, proof, { key: `block/${block.id}`, by: operatorId, body, isTold: true })
  await tellAllOf(context, proof, block.until ?? forGood)
}

/** Lets a contact write again; nothing happens where they are not kept from it. */
export async function unblockContact(context: BlockContext, proof: BlockProof): Promise<void> {
  const { organizationId, contactId, operatorId } = proof
  const lifted = await context.database.read<{ id: string }>(organizationId, {
    name: 'unblock_contact',
    text: `update contact_blocks b set lifted_at = clock_now(), lifted_by = $3 from contacts k
      where b.organization_id = $1 and k.organization_id = $1 and k.id = $2 and b.lifted_at is null and b.until_at > clock_now()
        and (b.contact_id = k.id or b.mailbox_key = mail_key(k.email)) returning b.id`,
    values: [organizationId, contactId, operatorId],
  })
  if (lifted.length === 0) return
  await tellAllOf(context, proof, null)
  const body: EventBody = { v: 1, event: 'unblocked' }
  await noteOfContact(context, proof, { key: `unblock/${randomUUID()}`, by: operatorId, body, isTold: true })
}

/** Everybody whom a block of this contact concerns: themselves, and whoever has left the same address. */
async function tellAllOf(context: BlockContext, proof: OfContact, until: string | null): Promise<void> {
  const rows = await context.database.read<{ id: string }>(proof.organizationId, {
    name: 'concerned_by_block',
    text: `select o.id from contacts k join contacts o on o.organization_id = k.organization_id
        and (o.id = k.id or lower(o.email) = lower(k.email))
      where k.organization_id = $1 and k.id = $2 limit 100`,
    values: [proof.organizationId, proof.contactId],
  })
  for (const { id } of rows) context.blocked(proof.organizationId, id, until)
}

/**
 * Tells operators of something about a contact, in the log of each of their running conversations, or of the last where none
 * runs; with `isTold` the contact reads it in the last of them. What heads say of the contact is read anew thereby. Told again
 * under the same `key`, nothing happens.
 */
export async function noteOfContact(
  context: ConversationContext,
  { organizationId, contactId }: OfContact,
  note: { key: string; by: string | null; body: EventBody; isTold?: boolean },
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
