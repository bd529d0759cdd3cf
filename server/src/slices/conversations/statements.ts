import type { Actor } from '@foyer/contract/entries.ts'
import type { Statement } from '../../platform/db/database.ts'
import type { Decidable, Decision } from './model.ts'

type Recorded = {
  organizationId: string
  conversationId: string
  decision: Decision
  draft: { id: string; text: string; identityId: string | null; routedId: string }
  actor: Actor
  hash: Buffer
}

/**
 * The one statement of a write: applies a decision if the head is still as decided on, records the entry, and returns the
 * head that results; no row means that somebody else was faster. The benchmark drives this very statement raw.
 */
export function recordStatement(record: Recorded & { decidedOn: Decidable }): Statement {
  const call = callOf(record.decision.due)
  return {
    name: call,
    text: `select * from ${call}($1, $2, row($3::text, $4::uuid, $5::uuid, $6::boolean, $7::text)::head_decided,
      ${draftOf(8)}, ${outcomeOf(18)})`,
    values: [
      record.organizationId,
      record.conversationId,
      record.decidedOn.state,
      record.decidedOn.assigneeId,
      record.decidedOn.groupId,
      record.decidedOn.live,
      record.decision.due,
      ...draftValues(record),
      ...outcomeValues(record.decision),
    ],
  }
}

/** The function that looks whether what came about by itself is due. */
function callOf(due: Decision['due']): string {
  if (due === 'away') return 'record_away'
  return due === 'waiting' || due === 'silent' ? 'record_follow_up' : 'record_entry'
}

/** Begins a conversation with its first entry, or with the welcome that stands before it. */
export function beginStatement(
  record: Recorded & {
    contactId: string
    widgetId: string
    channel: string
    welcome?: { id: string; text: string } | null
  },
): Statement {
  const { welcome } = record
  const call = welcome ? 'begin_welcomed' : 'begin_conversation'
  return {
    name: call,
    text: `select * from ${call}($1, $2, $3, $4, $5, ${draftOf(6)}, ${outcomeOf(16)}${welcome ? ', $31, $32' : ''})`,
    values: [
      record.organizationId,
      record.conversationId,
      record.contactId,
      record.widgetId,
      record.channel,
      ...draftValues(record),
      ...outcomeValues(record.decision),
      ...(welcome ? [welcome.id, welcome.text] : []),
    ],
  }
}

/** The types of `entry_draft` and `head_outcome`, in their order. */
const draftTypes = ['uuid', 'text', 'text', 'uuid', 'uuid', 'boolean', 'text', 'jsonb', 'bytea', 'uuid']
const outcomeTypes = [
  'text',
  'text',
  'uuid',
  'uuid',
  'smallint',
  'smallint',
  'text',
  'text',
  'text',
  'boolean',
  'text',
  'text',
  'integer',
  'integer',
  'text',
]

function draftOf(first: number): string {
  return `row(${draftTypes.map((type, index) => `$${first + index}::${type}`).join(', ')})::entry_draft`
}

function outcomeOf(first: number): string {
  return `row(${outcomeTypes.map((type, index) => `$${first + index}::${type}`).join(', ')})::head_outcome`
}

function draftValues({ decision: { entry }, draft, actor, hash }: Recorded): unknown[] {
  const body = entry.body && JSON.stringify(entry.body)
  return [
    draft.id,
    entry.kind,
    actor.kind,
    actor.id,
    draft.identityId,
    entry.isPublic,
    draft.text,
    body,
    hash,
    draft.routedId,
  ]
}

function outcomeValues({ outcome }: Decision): unknown[] {
  return [
    outcome.state,
    outcome.liveState,
    outcome.assigneeId,
    outcome.groupId,
    outcome.rank,
    outcome.liveRank,
    outcome.waiting,
    outcome.live,
    outcome.route,
    outcome.contactHere,
    outcome.ending,
    outcome.previewAuthor,
    outcome.unreadOperator,
    outcome.unreadContact,
    outcome.readBy,
  ]
}
