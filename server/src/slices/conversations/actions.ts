import { randomUUID } from 'node:crypto'
import type { KnownBody } from '@foyer/contract/entries/kinds.ts'
import { derivedId } from '../../platform/crypto.ts'
import { Failure } from '../../platform/failure.ts'
import { blockedFailure } from '../contacts/access.ts'
import { isBlocked } from '../contacts/model.ts'
import type { Said } from '../files/reads.ts'
import { followUpFits, said } from '../widgets/model.ts'
import {
  type AssignmentProof,
  type ConversationContext,
  type ConversationProof,
  type MyConversationProof,
  readHead,
  withNames,
} from './access.ts'
import type { ConversationEvent } from './model.ts'
import { readFollowUp, replay } from './reads.ts'
import { happening, record, recordIfDue, recordNamed, requestHash, tell, tellAway } from './record.ts'
import type { ConversationRow, Due, DueFollowUp, Write } from './shapes.ts'

/** Of those who wait, so many may turn out to have left before an operator's slot is left for a later look. */
const waitingAtMost = 100

export async function sendMessage(
  context: ConversationContext,
  proof: ConversationProof,
  message: Said,
): Promise<Write> {
  if (context.heads.get(proof.conversationId)?.handed_by) await join(context, proof)
  const event = { kind: 'operator_wrote', by: proof.operator.operatorId } as const
  const head =
    context.heads.get(proof.conversationId) ??
    (await readHead(context, proof.organizationId, proof.conversationId))
  if (head && isBlocked(head.contact_blocked_until, Date.now()))
    throw blockedFailure(head.contact_blocked_until)
  return record(context, proof, event, { ...message, identityId: null, authorName: null })
}

export async function writeMessage(
  context: ConversationContext,
  proof: MyConversationProof,
  message: Said,
): Promise<Write> {
  const { identityId, isProven, blockedUntil } = proof.contact
  const draft = { ...message, identityId, isProven, authorName: null }
  if (blockedUntil) {
    // What came before is answered as it was.
    const hash = requestHash(proof, { kind: 'contact_wrote' }, draft)
    return replay(context, proof, { entryId: message.id, hash, refusal: blockedFailure(blockedUntil) })
  }
  const write = await record(context, proof, { kind: 'contact_wrote' }, draft)
  await tellAway(context, write, { messageId: message.id })
  return write
}

/** Says what a widget says after a while, once its time has come; drops it where it does not fit, or there are no words. */
export async function followUp(context: ConversationContext, due: DueFollowUp): Promise<void> {
  const found = await readFollowUp(context, due)
  if (!found) return
  const { texts, spoken, own, ...facts } = found
  const text = followUpFits(due.kind, facts) ? said(texts, { spoken, own }) : null
  if (text === null) {
    await context.database.read(due.organizationId, {
      name: 'drop_follow_up',
      text: `update follow_ups set due_at = null
        where organization_id = $1 and conversation_id = $2 and since_seq = $3 and due_at <= clock_now()`,
      values: [due.organizationId, due.conversationId, due.since],
    })
    return
  }
  const id = derivedId(`${due.kind}/${due.conversationId}/${due.since}`)
  await recordIfDue(context, due, { kind: 'followed_up', as: due.kind }, { ...happening(id, null), text })
}

/** Records something about the contact; what the head says of them is read anew. */
export async function noteInLog(
  context: ConversationContext,
  target: { organizationId: string; conversationId: string },
  { id, ...note }: { id: string; by: string | null; body: KnownBody; isTold: boolean },
): Promise<Write> {
  context.heads.forget(target.conversationId)
  const name = note.by && (await nameOf(context, target.organizationId, note.by))
  return record(context, target, { kind: 'contact_noted', ...note }, happening(id, name))
}

/** Assigns to an operator or to nobody, provided it is still assigned as the caller saw it. */
export async function assignConversation(
  context: ConversationContext,
  proof: AssignmentProof,
  assignment: { id: string; operatorId: string | null; from: string | null },
): Promise<Write> {
  const { id, operatorId: to, from } = assignment
  const by = proof.operator.operatorId
  const event = { kind: 'assigned', by, to, from, toName: null } as const
  return recordNamed(context, proof, { id, event }, async () => {
    const toName = to && (await nameOf(context, proof.organizationId, to))
    const authorName = to === by ? toName : await nameOf(context, proof.organizationId, by)
    return { event: { ...event, toName }, authorName }
  })
}

export async function setState(
  context: ConversationContext,
  proof: ConversationProof,
  change: { id: string; state: 'open' | 'pending' },
): Promise<Write> {
  const by = proof.operator.operatorId
  const draft = happening(change.id, await nameOf(context, proof.organizationId, by))
  return record(context, proof, { kind: 'state_set', by, state: change.state }, draft)
}

/** Ends it; where the caller says how far they have seen it, not over what the contact has written since. */
export async function endConversation(
  context: ConversationContext,
  proof: ConversationProof,
  change: { id: string; seen?: number | undefined },
): Promise<Write> {
  const by = proof.operator.operatorId
  const draft = happening(change.id, await nameOf(context, proof.organizationId, by))
  return record(context, proof, { kind: 'ended', by, seen: change.seen }, draft)
}

/** Puts it off until a moment, though not over what the contact has written since the caller saw it; null brings it back. */
export async function snoozeConversation(
  context: ConversationContext,
  proof: ConversationProof,
  change: { id: string; until: string | null; seen?: number | undefined },
): Promise<Write> {
  const { operatorId: by, rights } = proof.operator
  const who = { by, mayTakeOver: rights.has('conversations.take_over') }
  const draft = happening(change.id, await nameOf(context, proof.organizationId, by))
  const { until, seen } = change
  const event: ConversationEvent =
    until === null ? { kind: 'snooze_ended', ...who } : { kind: 'snoozed', ...who, until, seen }
  return record(context, proof, event, draft)
}

/** Takes up an ended conversation; it is then the caller's. */
export async function resumeConversation(
  context: ConversationContext,
  proof: ConversationProof,
  change: { id: string },
): Promise<Write> {
  const by = proof.operator.operatorId
  const byName = await nameOf(context, proof.organizationId, by)
  return record(context, proof, { kind: 'resumed', by, byName }, happening(change.id, byName))
}

/** Gives it to a group: to whoever of it has a slot or is there, else among those that its members find unassigned. */
export async function assignGroup(
  context: ConversationContext,
  proof: AssignmentProof,
  assignment: { id: string; groupId: string | null },
): Promise<Write> {
  const { id, groupId } = assignment
  const by = proof.operator.operatorId
  const event = { kind: 'group_assigned', by, groupId, groupName: null } as const
  return recordNamed(context, proof, { id, event }, async () => {
    const groupName = groupId && (await groupNameOf(context, proof.organizationId, groupId))
    return { event: { ...event, groupName }, authorName: await nameOf(context, proof.organizationId, by) }
  })
}

/** Lets a live conversation go on for later; its slot is free again. */
export async function endLive(
  context: ConversationContext,
  proof: ConversationProof,
  change: { id: string },
): Promise<Write> {
  const by = proof.operator.operatorId
  const draft = happening(change.id, await nameOf(context, proof.organizationId, by))
  return record(context, proof, { kind: 'live_ended', by, why: 'by_hand' }, draft)
}

/** What came about by itself with a conversation; nothing happens if it is not so by the database's clock. */
export async function comeDue(
  context: ConversationContext,
  target: { organizationId: string; conversationId: string },
  due: Due,
): Promise<void> {
  if (due === 'end') await recordIfDue(context, target, { kind: 'fell_silent' })
  else if (due === 'snooze')
    await recordIfDue(context, target, { kind: 'snooze_ended', by: null, mayTakeOver: false })
  else {
    const why = due === 'live' ? 'silence' : due
    await recordIfDue(context, target, { kind: 'live_ended', by: null, why })
  }
}

/** Takes a running conversation from an operator who no longer works here. */
export async function leaveBehind(
  context: ConversationContext,
  target: { organizationId: string; conversationId: string },
  operatorId: string,
): Promise<void> {
  await recordIfDue(context, target, { kind: 'left_behind', from: operatorId })
}

/** Gives an operator's free slots to the conversations that wait for one, whoever waits longest first. */
export async function fillSlots(
  context: ConversationContext,
  organizationId: string,
  operatorId: string,
): Promise<void> {
  for (let missed = 0; missed < waitingAtMost; ) {
    const [next] = await context.database.read<{ id: string; name: string }>(organizationId, {
      name: 'next_waiting',
      text: `select next_waiting($1, $2) as id, coalesce(o.alias, o.name) as name from operators o
        join operator_slots s on s.organization_id = o.organization_id and s.operator_id = o.id
        where o.organization_id = $1 and o.id = $2 and s.free > 0`,
      values: [organizationId, operatorId],
    })
    if (!next?.id) return
    const target = { organizationId, conversationId: next.id }
    const event = { kind: 'slot_freed', to: operatorId, toName: next.name } as const
    // Who is passed over has left, or was taken by somebody else: the next one then.
    if (!(await recordIfDue(context, target, event))) missed++
  }
}

/** Moves the contact's watermarks forward; nothing happens when they already are as far. */
export async function markByContact(
  context: ConversationContext,
  proof: MyConversationProof,
  reading: { delivered: number; read: number },
): Promise<void> {
  const [row] = await context.database.run<ConversationRow>({
    name: 'mark_by_contact',
    text: 'select * from mark_by_contact($1, $2, $3, $4)',
    values: [proof.organizationId, proof.conversationId, reading.delivered, reading.read],
  })
  if (row) await moved(context, row)
}

/** Says that who was given a conversation has come to it, where that is not said yet: the contact hears of them from now on. */
async function join(context: ConversationContext, proof: ConversationProof): Promise<void> {
  const by = proof.operator.operatorId
  const byName = await nameOf(context, proof.organizationId, by)
  await recordIfDue(context, proof, { kind: 'joined', by, byName }, happening(randomUUID(), byName))
}

/** Whether a colleague has given it to this operator, who has not looked at it yet. */
async function isHanded(context: ConversationContext, proof: ConversationProof): Promise<boolean> {
  const rows = await context.database.read(proof.organizationId, {
    name: 'is_handed',
    text: `select from conversations c where c.organization_id = $1 and c.id = $2 and c.assignee_id = $3
      and c.handed_by is not null`,
    values: [proof.organizationId, proof.conversationId, proof.operator.operatorId],
  })
  return rows.length > 0
}

/** Moves the assigned operator's reading position forward; of anyone else it is not taken down. */
export async function markByOperator(
  context: ConversationContext,
  proof: ConversationProof,
  reading: { read: number },
): Promise<void> {
  if (await isHanded(context, proof)) await join(context, proof)
  const [row] = await context.database.run<ConversationRow>({
    name: 'mark_by_operator',
    text: 'select * from mark_by_operator($1, $2, $3, $4)',
    values: [proof.organizationId, proof.conversationId, proof.operator.operatorId, reading.read],
  })
  if (row) await moved(context, row)
}

/** Watermarks are no entries: only the head moved. */
async function moved(context: ConversationContext, row: ConversationRow): Promise<void> {
  tell(context, row, await withNames(context, row), { entries: [], isPublic: true })
}

async function nameOf(
  context: ConversationContext,
  organizationId: string,
  operatorId: string,
): Promise<string> {
  const [row] = await context.database.read<{ name: string }>(organizationId, {
    name: 'operator_name',
    text: `select coalesce(alias, name) as name from operators
      where organization_id = $1 and id = $2 and deactivated_at is null`,
    values: [organizationId, operatorId],
  })
  if (!row) throw new Failure('operator.unknown')
  return row.name
}

async function groupNameOf(
  context: ConversationContext,
  organizationId: string,
  groupId: string,
): Promise<string> {
  const [row] = await context.database.read<{ name: string }>(organizationId, {
    name: 'group_name',
    text: 'select name from groups where organization_id = $1 and id = $2',
    values: [organizationId, groupId],
  })
  if (!row) throw new Failure('group.unknown')
  return row.name
}
