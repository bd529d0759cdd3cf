import { abilityOf } from '@foyer/contract/channels.ts'
import { Failure } from '../../platform/failure.ts'
import { blockedFailure } from '../contacts/access.ts'
import type { ConversationContext, MyConversationProof } from '../conversations/access.ts'
import { changeEntry } from '../conversations/change.ts'
import type { ConversationRow, EntryRow, Write } from '../conversations/shapes.ts'
import { demandDeletion, demandOver, type MessageProof } from './access.ts'
import { type By, type Decided, deleted, erasureAnswered, erasureAsked, reacted } from './model.ts'

type MyMessage = { proof: MyConversationProof; messageId: string }
type Reaction = { emoji: string; on: boolean }

/** @throws Failure message.unknown, message.undeletable, role.missing */
export function deleteForContact(context: ConversationContext, proof: MessageProof): Promise<Write> {
  const { operator } = proof
  return change(context, proof, (entry, head) => {
    const decided = deleted(entry, { channel: head.channel, by: operator.operatorId, now: Date.now() })
    if (decided !== 'message.unknown') demandDeletion(operator, entry, head)
    return decided
  })
}

/** @throws Failure message.unknown, message.not_asked, role.missing */
export function answerErasure(
  context: ConversationContext,
  proof: MessageProof,
  { granted }: { granted: boolean },
): Promise<Write> {
  const { operator } = proof
  return change(context, proof, (entry, head) => {
    demandOver(operator, head)
    return erasureAnswered(entry, { granted, by: operator.operatorId })
  })
}

/**
 * Whoever answers reacts; taken back is what anybody put there themselves.
 *
 * @throws Failure message.unknown, message.no_reactions, message.reactions_full, conversation.not_yours
 */
export async function react(
  context: ConversationContext,
  proof: MessageProof,
  reaction: Reaction,
): Promise<Write> {
  const { operator } = proof
  const by = { kind: 'operator', id: operator.operatorId, name: await nameOf(context, proof) } as const
  return change(context, proof, (entry, head) => {
    if (reaction.on && head.assignee_id !== operator.operatorId) throw new Failure('conversation.not_yours')
    return reactedOn(entry, head, { ...reaction, by })
  })
}

/** @throws Failure message.unknown */
export function askForErasure(context: ConversationContext, { proof, messageId }: MyMessage): Promise<Write> {
  return change(context, { ...proof, messageId }, (entry) =>
    isVisible(entry) ? erasureAsked(entry, { now: Date.now() }) : 'message.unknown',
  )
}

/** @throws Failure contact.blocked, message.unknown, message.no_reactions, message.reactions_full */
export async function reactAsContact(
  context: ConversationContext,
  { proof, messageId }: MyMessage,
  reaction: Reaction,
): Promise<Write> {
  const { blockedUntil } = proof.contact
  if (blockedUntil && reaction.on) throw blockedFailure(blockedUntil)
  const by = { kind: 'contact', id: null, name: null } as const
  return change(context, { ...proof, messageId }, (entry, head) =>
    isVisible(entry) ? reactedOn(entry, head, { ...reaction, by }) : 'message.unknown',
  )
}

/** Of what contacts do not see they learn not even that it is there. */
function isVisible(entry: EntryRow): boolean {
  return entry.public_seq !== null
}

function reactedOn(entry: EntryRow, head: ConversationRow, reaction: Reaction & { by: By }): Decided {
  return abilityOf(head.channel).reacts ? reacted(entry, reaction) : 'message.no_reactions'
}

function change(
  context: ConversationContext,
  target: { organizationId: string; conversationId: string; messageId: string },
  decide: (entry: EntryRow, head: ConversationRow) => Decided,
): Promise<Write> {
  const { organizationId, conversationId, messageId: entryId } = target
  const where = { organizationId, conversationId, entryId, unknown: 'message.unknown' } as const
  return changeEntry(context, where, (entry, head) => {
    const decided = decide(entry, head)
    if (typeof decided === 'string') throw new Failure(decided)
    return decided
  })
}

/** The name that contacts know the operator by. */
async function nameOf(
  { database }: ConversationContext,
  { organizationId, operator }: MessageProof,
): Promise<string> {
  const [row] = await database.read<{ name: string }>(organizationId, {
    name: 'name_of_reacting',
    text: 'select coalesce(alias, name) as name from operators where organization_id = $1 and id = $2',
    values: [organizationId, operator.operatorId],
  })
  return row?.name ?? ''
}
