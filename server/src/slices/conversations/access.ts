import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { ContactProof } from '../contacts/access.ts'
import { demandRight, type OperatorProof } from '../operators/access.ts'
import { pictureOf } from '../operators/reads.ts'
import type { ConversationNews } from './news.ts'
import { type ConversationChange, type ConversationRow, type HeadRow, headColumns } from './shapes.ts'

declare const proven: unique symbol

/** That this operator may see this conversation. Every operator sees the conversations of their organization. */
export type ConversationProof = {
  readonly [proven]: 'conversation'
  readonly organizationId: string
  readonly conversationId: string
  readonly operator: OperatorProof
}

/** That this conversation is this contact's own. */
export type MyConversationProof = {
  readonly [proven]: 'my conversation'
  readonly organizationId: string
  readonly conversationId: string
  readonly contact: ContactProof
}

/**
 * The heads last read or written by this process. Decisions start from them, because the statement that applies a
 * decision checks that the head is still so; a refusal is never taken from memory alone.
 */
export type HeadMemory = {
  get(conversationId: string): HeadRow | undefined
  set(row: HeadRow): void
  forget(conversationId: string): void
  /** Drops the heads of what an operator has, because what stands there of them has changed. */
  forgetOf(operatorId: string): void
  /** The same of a contact's. */
  forgetOfContact(contactId: string): void
}

/** Remembers at most `size` heads, the least recently used forgotten first. */
export function createHeadMemory(size: number): HeadMemory {
  const rows = new Map<string, HeadRow>()
  return {
    get(conversationId) {
      const row = rows.get(conversationId)
      if (row) {
        rows.delete(conversationId)
        rows.set(conversationId, row)
      }
      return row
    },
    set(row) {
      const known = rows.get(row.id)
      if (known && known.seq > row.seq) return
      rows.delete(row.id)
      rows.set(row.id, row)
      const oldest = rows.size > size ? rows.keys().next().value : undefined
      if (oldest !== undefined) rows.delete(oldest)
    },
    forget: (conversationId) => void rows.delete(conversationId),
    forgetOf(operatorId) {
      for (const [id, row] of rows) if (row.assignee_id === operatorId) rows.delete(id)
    },
    forgetOfContact(contactId) {
      for (const [id, row] of rows) if (row.contact_id === contactId) rows.delete(id)
    },
  }
}

export type AccessContext = { database: Database; heads: HeadMemory }

/** What writing needs besides. */
export type ConversationContext = AccessContext & {
  /** Called after the commit. */
  publish: (change: ConversationChange) => void
  /** Called after a commit that gave a slot of an operator back. */
  freed: (organizationId: string, operatorId: string) => void
}

/** Somebody with a socket. */
export type Subject = { organizationId: string; kind: 'operator' | 'contact'; id: string }

/** What later slices are given. */
export type ConversationPorts = ConversationContext & {
  /** Tells of a head that changed without an entry; whoever follows the conversation reads it. */
  publishHead: (head: HeadRow, before: { assigneeId: string | null }) => void
  /** Hears of every change; what this process itself has written is handed over with it. */
  onConversation: (
    listener: (news: ConversationNews, own: ConversationChange | undefined) => void,
  ) => () => void
  /** Somebody's line has come up, or has stayed cut for longer than the grace. */
  came: (subject: Subject) => void
  left: (subject: Subject) => void
}

/** Proves that an operator may see a conversation. @throws Failure conversation.unknown */
export async function accessConversation(
  context: AccessContext,
  operator: OperatorProof,
  conversationId: string,
): Promise<ConversationProof> {
  const head = await headOf(context, operator.organizationId, conversationId)
  if (!head) throw new Failure('conversation.unknown')
  return { organizationId: operator.organizationId, conversationId, operator } as ConversationProof
}

/** That an operator may see the conversations of this contact, which every operator of the organization may. */
export type OfContactProof = {
  readonly [proven]: 'of contact'
  readonly organizationId: string
  readonly contactId: string
}

/** @throws Failure contact.unknown */
export async function accessOfContact(
  { database }: Pick<AccessContext, 'database'>,
  { organizationId }: OperatorProof,
  contactId: string,
): Promise<OfContactProof> {
  const found = await database.read(organizationId, {
    name: 'contact_with_conversations',
    text: 'select from contacts where organization_id = $1 and id = $2',
    values: [organizationId, contactId],
  })
  if (found.length === 0) throw new Failure('contact.unknown')
  return { organizationId, contactId } as OfContactProof
}

/** That this operator may also give the conversation to whom they say. */
export type AssignmentProof = ConversationProof & { readonly may: 'assign' }

/**
 * Taking what nobody has, and giving back what is one's own, is everybody's; the rest is for their role to allow.
 *
 * @throws Failure conversation.unknown, role.missing
 */
export async function accessAssignment(
  context: AccessContext,
  operator: OperatorProof,
  conversationId: string,
  to: { operatorId: string | null; from: string | null } | { groupId: string | null },
): Promise<AssignmentProof> {
  const proof = await accessConversation(context, operator, conversationId)
  const { operatorId: me } = operator
  const isOwn = 'operatorId' in to && (to.operatorId ?? to.from ?? me) === me
  if (!isOwn) demandRight(operator, 'conversations.assign_others')
  else if (to.operatorId !== null && (to.from ?? me) !== me) demandRight(operator, 'conversations.take_over')
  return { ...proof, may: 'assign' }
}

/** Proves that a conversation is the contact's. @throws Failure conversation.unknown */
export async function accessMyConversation(
  context: AccessContext,
  contact: ContactProof | null,
  conversationId: string,
): Promise<MyConversationProof> {
  const head = contact && (await headOf(context, contact.organizationId, conversationId))
  if (!contact || !head || head.contact_id !== contact.contactId) throw new Failure('conversation.unknown')
  return { organizationId: contact.organizationId, conversationId, contact } as MyConversationProof
}

/** The head from memory, else read. Whose conversation it is never changes, so memory can prove that. */
async function headOf(
  context: AccessContext,
  organizationId: string,
  conversationId: string,
): Promise<HeadRow | undefined> {
  const known = context.heads.get(conversationId)
  if (known) return known.organization_id === organizationId ? known : undefined
  return readHead(context, organizationId, conversationId)
}

/** Reads a head from the database and remembers it. */
export async function readHead(
  { database, heads }: AccessContext,
  organizationId: string,
  conversationId: string,
): Promise<HeadRow | undefined> {
  const [row] = await database.read<HeadRow>(organizationId, {
    name: 'read_head',
    text: `select ${headColumns} from conversations c
      join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
      left join operators o on o.organization_id = c.organization_id and o.id = c.assignee_id
      where c.organization_id = $1 and c.id = $2`,
    values: [organizationId, conversationId],
  })
  if (row) heads.set(row)
  return row
}

/**
 * A head just written, with the names that stand beside it, remembered. Writes change nobody's name: those of before
 * are taken, and a new assignee's is looked up.
 *
 * @throws Failure conversation.unknown where it has been erased meanwhile
 */
export async function withNames(context: AccessContext, row: ConversationRow): Promise<HeadRow> {
  const known = context.heads.get(row.id) ?? (await readHead(context, row.organization_id, row.id))
  if (!known) throw new Failure('conversation.unknown')
  const { contact_name, contact_email, contact_locale, contact_blocked_until } = known
  const { assignee_name, assignee_picture } =
    row.assignee_id === known.assignee_id
      ? known
      : await assigneeOf(context, row.organization_id, row.assignee_id)
  const head = {
    ...row,
    contact_name,
    contact_email,
    contact_locale,
    contact_blocked_until,
    assignee_name,
    assignee_picture,
  }
  context.heads.set(head)
  return head
}

type Assignee = Pick<HeadRow, 'assignee_name' | 'assignee_picture'>

/** How contacts know an operator; nothing where there is none, or none any more. */
async function assigneeOf(
  { database }: AccessContext,
  organizationId: string,
  operatorId: string | null,
): Promise<Assignee> {
  const [row] = operatorId
    ? await database.read<Assignee>(organizationId, {
        name: 'assignee_of_head',
        text: `select coalesce(o.alias, o.name) as assignee_name, ${pictureOf('o')} as assignee_picture
          from operators o where o.organization_id = $1 and o.id = $2`,
        values: [organizationId, operatorId],
      })
    : []
  return row ?? { assignee_name: null, assignee_picture: null }
}
