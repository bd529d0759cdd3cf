import type { ConversationState, ListName } from '@foyer/contract/conversations.ts'
import type { Actor } from '@foyer/contract/entries/actor.ts'
import { assigned } from '@foyer/contract/entries/assigned.ts'
import type { Statement } from '../../platform/db/database.ts'
import { newestFirst, readCursor } from '../../platform/db/keyset.ts'
import type { Brought } from '../files/reads.ts'
import type { OperatorProof } from '../operators/access.ts'
import { type Decidable, snoozedRank } from './model.ts'
import { type Decision, headColumns } from './shapes.ts'

type Recorded = {
  organizationId: string
  conversationId: string
  decision: Decision
  draft: {
    id: string
    text: string
    identityId: string | null
    routedId: string
    files?: Brought | undefined
  }
  actor: Actor
  hash: Buffer
}

/**
 * The one statement of a write: applies a decision if the head is still as decided on, records the entry, and returns the
 * head that results; no row means that somebody else was faster. The benchmark drives this very statement raw.
 */
export function recordStatement(record: Recorded & { decidedOn: Decidable }): Statement {
  const call = callOf(record.decision)
  const statement = {
    name: call,
    text: `select * from ${call}($1, $2, $3::head_decided, ${draftOf(4)}, $14::head_outcome)`,
    values: [
      record.organizationId,
      record.conversationId,
      decidedValue(record),
      ...draftValues(record),
      outcomeValue(record.decision),
    ],
  }
  return bringing(record.draft, statement)
}

/** The function that records it: one that also looks whether it is due, or keeps what a hand-over leaves. */
function callOf({ due, entry }: Decision): string {
  if (due === 'away') return 'record_away'
  const how = assigned.read(entry.body)?.reason
  if (how === 'handed') return 'record_handed'
  if (how === 'joined') return 'record_joined'
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
  const statement = {
    name: call,
    text: `select * from ${call}($1, $2, $3, $4, $5, ${draftOf(6)}, $16::head_outcome${welcome ? ', $17, $18' : ''})`,
    values: [
      record.organizationId,
      record.conversationId,
      record.contactId,
      record.widgetId,
      record.channel,
      ...draftValues(record),
      outcomeValue(record.decision),
      ...(welcome ? [welcome.id, welcome.text] : []),
    ],
  }
  return bringing(record.draft, statement)
}

/** Lets the same statement give the message its files: where one of them is gone, nothing is written. */
function bringing(
  { id, files }: Recorded['draft'],
  statement: { name: string; text: string; values: unknown[] },
): Statement {
  if (!files) return statement
  const next = statement.values.length + 1
  const call = statement.text.replace(/^select \* from /, '')
  return {
    name: `${statement.name}_with_files`,
    text: `select s.* from ${call} m
      cross join lateral files_sent(m, $${next}::uuid, $${next + 1}::uuid[], $${next + 2}::uuid, $${next + 3}::bytea) s`,
    values: [...statement.values, id, files.shown.map((file) => file.id), files.operatorId, files.tokenHash],
  }
}

/** The types of `entry_draft`, in their order. */
const draftTypes = ['uuid', 'text', 'text', 'uuid', 'uuid', 'boolean', 'text', 'jsonb', 'bytea', 'uuid']

function draftOf(first: number): string {
  return `row(${draftTypes.map((type, index) => `$${first + index}::${type}`).join(', ')})::entry_draft`
}

/** A row in one parameter, which is cheaper than one each. Only of words, numbers and ids, which need no quotes. */
function rowOf(values: readonly (string | number | boolean | null)[]): string {
  return `(${values.map((value) => value ?? '').join()})`
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

/** As `head_decided` has it. */
function decidedValue({ decidedOn, decision }: { decidedOn: Decidable; decision: Decision }): string {
  const { state, assigneeId, groupId, live } = decidedOn
  return rowOf([state, assigneeId, groupId, live, decision.due])
}

/** As `head_outcome` has it. */
function outcomeValue({ outcome }: Decision): string {
  return rowOf([
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
  ])
}

/** What is asked of a list, and which page of it. */
export type ListQuery = {
  list: ListName
  /** Of the list of a group: which. */
  group?: string | undefined
  limit: number
  cursor?: string | undefined
  /** Only of all. */
  state?: ConversationState | undefined
  search?: string | undefined
}

/** What stands in an inbox, $5 being whose it is. */
const standsIn = {
  mine: 'c.assignee_id = $5::uuid',
  snoozed: 'c.assignee_id = $5::uuid',
  unassigned: 'c.assignee_id is null and $5::uuid is null',
  group: 'c.assignee_id is null and c.group_id = $5::uuid',
}

/** What most needs attention first. What is put off is of one rank, in the order in which it comes back. */
const ranksOf = (list: keyof typeof standsIn) => (list === 'snoozed' ? [snoozedRank] : [-1, 0, 1, 3])

/**
 * The page of an inbox: one indexed range per rank, so that the order is the index's and a page costs the same at any size.
 * Names are looked up for what stands on the page alone.
 */
export function inboxStatement(
  { organizationId, operatorId }: OperatorProof,
  { list, group, limit, cursor }: ListQuery & { list: keyof typeof standsIn },
): Statement {
  const ranks = ranksOf(list)
  const [rank, position, id] = readCursor(
    cursor,
    [-2, 0, '00000000-0000-0000-0000-000000000000'] as [number, number, string],
    ([of]) => ranks.includes(of),
  )
  const whose = { mine: operatorId, snoozed: operatorId, unassigned: null, group: group ?? null }
  const ranges = ranks.map(
    (of) => `(select ${headColumns}, '' as last_at_exact from (
        select c.* from conversations c
        where c.organization_id = $6 and ${standsIn[list]} and c.ended_at is null and c.rank = ${of}
          and ($1::int < ${of} or ($1 = ${of} and (c.position > $2 or (c.position = $2 and c.id > $3))))
          and ($1 <= ${of})
        order by c.position, c.id limit $4) c
      join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
      left join operators o on o.organization_id = c.organization_id and o.id = c.assignee_id
      order by c.position, c.id)`,
  )
  return {
    name: `list_${list}`,
    text: `select * from (${ranges.join(' union all ')}) page limit $4`,
    values: [rank, position, id, limit, whose[list], organizationId],
  }
}

/** The page of all conversations, newest first; of those found, with the number of the newest entry that holds the words. */
export function allStatement(
  { organizationId }: OperatorProof,
  { limit, cursor, state, search }: ListQuery,
): Statement {
  const [lastAt, id] = readCursor(cursor, newestFirst)
  const values: unknown[] = [organizationId, lastAt, id, limit, state ?? null]
  if (search) values.push(search)
  const found = 'search_conversations($6, $5, $2, $3, $4) f join conversations c on c.id = f.conversation_id'
  return {
    name: `list_all${state ? '_state' : ''}${search ? '_search' : ''}`,
    text: `select ${headColumns}, c.last_at::text as last_at_exact${search ? ', f.seq as found_seq' : ''}
      from ${search ? found : 'conversations c'}
      join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
      left join operators o on o.organization_id = c.organization_id and o.id = c.assignee_id
      where c.organization_id = $1 and c.last_at <= $2::timestamptz
        and (c.last_at < $2::timestamptz or c.id < $3::uuid)
        and ${state ? 'c.state = $5' : '$5::text is null'}
      order by c.last_at desc, c.id desc limit $4`,
    values,
  }
}

/** A page of the conversations of one contact, newest first by what they may see of it. */
export function ofContactStatement(
  { organizationId, contactId }: { organizationId: string; contactId: string },
  { cursor, limit }: Pick<ListQuery, 'cursor' | 'limit'>,
): Statement {
  const [lastAt, id] = readCursor(cursor, newestFirst)
  return {
    name: 'list_of_contact',
    text: `select ${headColumns}, c.public_last_at::text as last_at_exact from conversations c
      join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
      left join operators o on o.organization_id = c.organization_id and o.id = c.assignee_id
      where c.organization_id = $1 and c.contact_id = $2 and c.public_last_at <= $3::timestamptz
        and (c.public_last_at < $3::timestamptz or c.id < $4::uuid)
      order by c.public_last_at desc, c.id desc limit $5`,
    values: [organizationId, contactId, lastAt, id, limit],
  }
}

/** The entries that a search has found, and whether all that was ever said could be found. */
export function foundStatement(
  organizationId: string,
  found: readonly { id: string; found_seq?: number | null }[],
): Statement {
  const told = found.filter((row) => row.found_seq)
  return {
    name: 'list_found',
    text: `select e.id, e.conversation_id, e.seq, left(e.text, 20000) as text, done.complete
      from (select not exists (select from search_progress where organization_id = $1) as complete) done
      left join (unnest($2::uuid[], $3::bigint[]) as f (conversation_id, seq)
        join entries e on e.organization_id = $1 and e.conversation_id = f.conversation_id and e.seq = f.seq) on true`,
    values: [organizationId, told.map((row) => row.id), told.map((row) => row.found_seq)],
  }
}
