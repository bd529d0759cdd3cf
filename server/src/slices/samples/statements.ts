import { randomBytes, randomUUID } from 'node:crypto'
import type { SampleStatus } from '@foyer/contract/organizations.ts'
import type { Statement } from '../../platform/db/database.ts'
import type { ConversationRow } from '../conversations/shapes.ts'
import type { Cast, PlayedEntry } from './model.ts'
import type { SampleContact, SampleOperator } from './shapes.ts'

/** Says how far it is; answers the organization's new version. */
export function statusStatement(organizationId: string, { state, progress }: SampleStatus): Statement {
  return {
    text: `update organizations set sample_state = $2, sample_progress = $3, version = version + 1
           where id = $1 returning version`,
    values: [organizationId, state, progress],
  }
}

/** Colleagues without a password: nobody logs in as one of them. */
export function operatorsStatement(organizationId: string, operators: readonly SampleOperator[]): Statement {
  return {
    text: `insert into operators (organization_id, id, email, name, alias, role_id, locale, sample)
           select $1, o.id, email, o.name, alias, r.id, locale, true
           from roles r, jsonb_to_recordset($2) as o (id uuid, email text, name text, alias text, locale text)
           where r.organization_id = $1 and r.kind = 'operator'`,
    values: [
      organizationId,
      JSON.stringify(
        operators.map(({ key, ...rest }) => ({
          ...rest,
          id: randomUUID(),
          email: `${key}@${domain(organizationId)}`,
        })),
      ),
    ],
  }
}

/** Addresses are unique over all organizations. */
function domain(organizationId: string): string {
  return `${organizationId}.example`
}

export function contactStatement(
  cast: Pick<Cast, 'organizationId' | 'contactId' | 'identityId'>,
  contact: SampleContact,
  createdAt: string,
): Statement {
  return {
    name: 'create_sample_contact',
    text: `with contact as (
             insert into contacts (organization_id, id, name, email, locale, sample, created_at)
             values ($1, $2, $3, $4, $5, true, $6) returning organization_id, id, created_at)
           insert into identities (organization_id, id, contact_id, channel, address_hash, created_at)
           select organization_id, $7, id, 'website', $8, created_at from contact`,
    values: [
      cast.organizationId,
      cast.contactId,
      contact.name,
      contact.email ?? null,
      contact.locale,
      createdAt,
      cast.identityId,
      // Of a token that nobody has.
      randomBytes(32),
    ],
  }
}

export function conversationsStatement(heads: readonly ConversationRow[]): Statement {
  return {
    name: 'create_sample_conversations',
    text: 'insert into conversations select * from jsonb_populate_recordset(null::conversations, $1)',
    values: [JSON.stringify(heads)],
  }
}

export function entriesStatement(head: ConversationRow, entries: readonly PlayedEntry[]): Statement {
  const columns = `seq, changed_seq, public_seq, public_changed_seq, id, at, kind, actor_kind, actor_id, identity_id, text, body, session`
  return {
    name: 'create_sample_entries',
    // No request stands behind these ids, so that none can repeat one.
    text: `insert into entries (organization_id, conversation_id, ${columns}, request_hash)
           select $1, $2, ${columns}, sha256(uuid_send(id)) from jsonb_populate_recordset(null::entries, $3)`,
    values: [head.organization_id, head.id, JSON.stringify(entries)],
  }
}

/** A conversation and who it was taken from. */
export type Released = { id: string; assignee_id: string }

/**
 * Takes real contacts' conversations from made-up colleagues. The head moves by a number, as it does for watermarks; the
 * log gains no entry, for it would name somebody who never was.
 */
export function releaseStatement(organizationId: string): Statement {
  return {
    text: `update conversations c set assignee_id = null, seq = c.seq + 1, public_seq = c.public_seq + 1,
             handed_by = null, handed_note_id = null, handed_note = null
           from operators o, contacts k
           where c.organization_id = $1
             and o.organization_id = $1 and o.id = c.assignee_id and o.sample
             and k.organization_id = $1 and k.id = c.contact_id and not k.sample
           returning c.id, o.id as assignee_id`,
    values: [organizationId],
  }
}
