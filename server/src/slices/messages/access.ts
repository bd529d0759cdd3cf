import {
  accessConversation,
  type ConversationContext,
  type ConversationProof,
} from '../conversations/access.ts'
import type { ConversationRow, EntryRow } from '../conversations/shapes.ts'
import { demandRight, type OperatorProof } from '../operators/access.ts'

/** That this operator may see the conversation; what else they may do to a message is asked when it is known whose it is. */
export type MessageProof = ConversationProof & { readonly messageId: string }

/** @throws Failure conversation.unknown */
export async function accessMessage(
  context: ConversationContext,
  operator: OperatorProof,
  { conversationId, messageId }: { conversationId: string; messageId: string },
): Promise<MessageProof> {
  return { ...(await accessConversation(context, operator, conversationId)), messageId }
}

/** What an operator wrote themselves they may always delete for the contact; the rest as `demandOver` says. @throws Failure role.missing */
export function demandDeletion(operator: OperatorProof, entry: EntryRow, head: ConversationRow): void {
  if (entry.actor_id === operator.operatorId) return
  if (entry.actor_kind === 'operator') demandRight(operator, 'messages.delete_others')
  else demandOver(operator, head)
}

/** Over what a contact or the widget said decides whoever has the conversation, or anybody if nobody has. @throws Failure role.missing */
export function demandOver(operator: OperatorProof, head: ConversationRow): void {
  if (head.assignee_id !== null && head.assignee_id !== operator.operatorId)
    demandRight(operator, 'messages.delete_others')
}
