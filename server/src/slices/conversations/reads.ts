import type { Packet } from '@foyer/contract/changes.ts'
import type { Head, InboxCounts, Searched, Written } from '@foyer/contract/conversations.ts'
import type { Entry, PublicEntry } from '@foyer/contract/entries.ts'
import type { MyWritten, PublicHead } from '@foyer/contract/messenger.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import type { Database } from '../../platform/db/database.ts'
import { writeCursor } from '../../platform/db/keyset.ts'
import { Failure } from '../../platform/failure.ts'
import type { ContactProof } from '../contacts/access.ts'
import type { OperatorProof } from '../operators/access.ts'
import type { FollowUpFacts } from '../widgets/model.ts'
import {
  type AccessContext,
  type ConversationProof,
  type MyConversationProof,
  type OfContactProof,
  readHead,
} from './access.ts'
import {
  type DueFollowUp,
  type EntryRow,
  entryColumns,
  type FoundRow,
  type HeadRow,
  headColumns,
  type Target,
  toEntry,
  toHead,
  toPacket,
  toPublicEntry,
  toPublicHead,
  toPublicPacket,
  toSearched,
  type Write,
} from './shapes.ts'
import {
  allStatement,
  foundStatement,
  inboxStatement,
  type ListQuery,
  ofContactStatement,
} from './statements.ts'

/** Entries of a first page. */
const pageSize = 50
/** More changes than this are answered by a snapshot: reading the newest page is then less work for both sides. */
const mostChanges = 1_000
/**
 * So much of an answer are its entries, in bytes of JSON, whatever was written: what somebody asks for and does not read
 * is held. One entry is always given.
 */
const pageBytes = 240 * 1024
/** Of an entry beside its texts: ids, times, kinds. */
const entryBytes = 450
/** Counts stop here; the interface says "999+". */
const countCap = 1_000

type PageQuery = Pick<ListQuery, 'cursor' | 'limit'>
export type Page<Item> = { items: Item[]; next: string | null }
export type ReadContext = { database: Database; epoch: string }

/**
 * Lists conversations for an operator: an inbox section in order of attention, or all of them, newest first; of a search
 * also where the words stand.
 */
export async function listConversations(
  { database }: ReadContext,
  operator: OperatorProof,
  query: ListQuery,
): Promise<Page<Head> & { searched?: Searched }> {
  const statement =
    query.list === 'all'
      ? allStatement(operator, query)
      : inboxStatement(operator, { ...query, list: query.list })
  const rows = await database.read<HeadRow & { last_at_exact: string; found_seq?: number | null }>(
    operator.organizationId,
    statement,
  )
  const last = rows.length === query.limit ? rows.at(-1) : undefined
  const place =
    last && (query.list === 'all' ? [last.last_at_exact, last.id] : [last.rank, last.position, last.id])
  const page = { items: rows.map(toHead), next: place ? writeCursor(place) : null }
  if (query.list !== 'all' || !query.search) return page
  const found = await database.read<FoundRow>(
    operator.organizationId,
    foundStatement(operator.organizationId, rows),
  )
  return { ...page, searched: toSearched(found, query.search) }
}

/** How much waits: what the left bar and the section titles show. */
export async function countInbox(
  { database }: ReadContext,
  operator: OperatorProof,
  group?: string,
): Promise<InboxCounts> {
  const mine = `from conversations c where c.organization_id = $1 and c.assignee_id = $2 and c.ended_at is null`
  const unassigned = `from conversations c where c.organization_id = $1 and c.assignee_id is null and c.ended_at is null`
  const counted = (rows: string) => `(select count(*) from (select ${rows} limit ${countCap}) counted)`
  const [row] = await database.read<InboxCounts>(operator.organizationId, {
    name: 'count_inbox',
    text: `select ${counted(`${mine} and c.snoozed_until is null`)} as "mine",
      ${counted(`${mine} and c.snoozed_until is not null`)} as "mineSnoozed",
      ${counted(`${mine} and c.snoozed_until is null and c.unread_operator > 0`)} as "mineUnread",
      ${counted(`${mine} and c.live_since is not null`)} as "mineLive",
      ${counted(unassigned)} as "unassigned",
      ${counted(`${unassigned} and c.group_id = $3`)} as "group",
      ${counted(`${mine} and c.snoozed_until is null and (c.state in ('new', 'open') or c.unread_operator > 0)`)} as "mineWaiting",
      ${counted(`${unassigned} and c.group_id is null
        union all select from group_members m join conversations c on c.organization_id = m.organization_id
          and c.group_id = m.group_id and c.assignee_id is null and c.ended_at is null
          where m.organization_id = $1 and m.operator_id = $2`)} as "forMe",
      (select min(c.waiting_since) ${unassigned} and c.waiting_since is not null) as "unassignedSince",
      (select min(c.waiting_since) ${unassigned} and c.group_id = $3) as "groupSince"`,
    values: [operator.organizationId, operator.operatorId, group ?? null],
  })
  return row as InboxCounts
}

/** Everything an operator's client needs to go from `after` to now: the changes, or a snapshot where that is less or `after` is unknown. */
export async function readPacket(
  context: ReadContext,
  proof: ConversationProof,
  has: { after: number; epoch: string | undefined } | null,
): Promise<Packet<Entry, Head>> {
  const { head, rows, prev, older } = await readChanges(context, { ...proof, isPublic: false }, has)
  return {
    epoch: context.epoch,
    conversationId: proof.conversationId,
    prev: prev ?? 0,
    n: head.seq,
    snapshot: prev === null,
    older,
    entries: rows.map(toEntry),
    head: toHead(head),
  }
}

/** The same for the contact, in the contact's numbering and without what is internal. */
export async function readMyPacket(
  context: ReadContext,
  proof: MyConversationProof,
  has: { after: number; epoch: string | undefined } | null,
): Promise<Packet<PublicEntry, PublicHead>> {
  const { head, rows, prev, older } = await readChanges(context, { ...proof, isPublic: true }, has)
  return {
    epoch: context.epoch,
    conversationId: proof.conversationId,
    prev: prev ?? 0,
    n: head.public_seq,
    snapshot: prev === null,
    older,
    entries: rows.map(toPublicEntry),
    head: toPublicHead(head),
  }
}

type Reader = { organizationId: string; conversationId: string; isPublic: boolean }

/** Head and entries are read in one statement: they are of the same moment. */
async function readChanges(
  { database, epoch }: ReadContext,
  reader: Reader,
  has: { after: number; epoch: string | undefined } | null,
): Promise<{ head: HeadRow; rows: EntryRow[]; prev: number | null; older: boolean }> {
  if (has && has.epoch === epoch) {
    const { head, entries, found } = await readLog(database, reader, { after: has.after })
    const n = reader.isPublic ? head.public_seq : head.seq
    if (has.after <= n && found <= mostChanges && newestWithin(entries).length === found)
      return { head, rows: entries, prev: has.after, older: false }
  }
  const { head, entries, found } = await readLog(database, reader, { newest: pageSize + 1 })
  const rows = newestWithin(entries.slice(-pageSize))
  return { head, rows, prev: null, older: found > rows.length }
}

/** The newest of some rows that fit into a page, oldest first as they came; at least one. */
function newestWithin(rows: readonly EntryRow[]): EntryRow[] {
  let bytes = 0
  let first = rows.length
  for (const row of rows.toReversed()) {
    bytes += entryBytes + jsonBytes([row.text, row.body, row.author_name, row.marks])
    if (bytes > pageBytes && first < rows.length) break
    first--
  }
  return rows.slice(first)
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

/** Of the rows of `found` the newest that can fit into a page, which is decided before their texts are read. */
const lightest = `select f.*, sum(octet_length(f.text) + ${entryBytes}) over newest as weight, row_number() over newest as place
  from found f window newest as (order by f.seq desc)`
const fits = `(e.weight <= ${pageBytes} or e.place = 1)`

async function readLog(
  database: Database,
  reader: Reader,
  range: { after: number } | { newest: number },
): Promise<{ head: HeadRow; entries: EntryRow[]; found: number }> {
  const [seq, changed] = reader.isPublic ? ['public_seq', 'public_changed_seq'] : ['seq', 'changed_seq']
  const visible = reader.isPublic ? 'and e.public_seq is not null' : ''
  const from = 'from entries e where e.organization_id = $1 and e.conversation_id = $2'
  const entries =
    'after' in range
      ? `(select e.* ${from} and e.${seq} > $3 order by e.${seq} limit ${mostChanges + 1})
         union all (select e.* ${from} and e.${changed} > $3 and e.${seq} <= $3 and e.${changed} > e.${seq} limit ${mostChanges + 1})`
      : `select e.* ${from} ${visible} order by e.${seq} desc limit $3`
  const [row] = await database.read<{ head: HeadRow; entries: EntryRow[]; found: number }>(
    reader.organizationId,
    {
      name: `log_${'after' in range ? 'after' : 'newest'}_${seq}`,
      text: `with found as materialized (${entries})
      select to_jsonb(h) as head, (select count(*) from found)::int as found, coalesce((
        select jsonb_agg(to_jsonb(l) order by l.seq) from (
          select ${entryColumns} from (${lightest}) e where ${fits}) l), '[]') as entries
      from (select ${headColumns} from conversations c
        join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
        left join operators o on o.organization_id = c.organization_id and o.id = c.assignee_id
        where c.organization_id = $1 and c.id = $2) h`,
      values: [reader.organizationId, reader.conversationId, 'after' in range ? range.after : range.newest],
    },
  )
  if (!row) throw new Failure('conversation.unknown')
  return row
}

/** The page of entries before a number, oldest first. */
export async function readEntriesBefore(
  { database }: ReadContext,
  proof: ConversationProof,
  query: { before: number; limit: number },
): Promise<{ entries: Entry[]; older: boolean }> {
  const page = await readPage(database, { ...proof, isPublic: false }, query)
  return { entries: page.rows.map(toEntry), older: page.older }
}

/** The same for the contact. */
export async function readMyEntriesBefore(
  { database }: ReadContext,
  proof: MyConversationProof,
  query: { before: number; limit: number },
): Promise<{ entries: PublicEntry[]; older: boolean }> {
  const page = await readPage(database, { ...proof, isPublic: true }, query)
  return { entries: page.rows.map(toPublicEntry), older: page.older }
}

async function readPage(
  database: Database,
  reader: Reader,
  query: { before: number; limit: number },
): Promise<{ rows: EntryRow[]; older: boolean }> {
  const seq = reader.isPublic ? 'public_seq' : 'seq'
  const rows = await database.read<EntryRow & { found: number }>(reader.organizationId, {
    name: `page_${seq}`,
    text: `with found as materialized (select e.* from entries e
        where e.organization_id = $1 and e.conversation_id = $2 and e.${seq} < $3
        order by e.${seq} desc limit $4)
      select ${entryColumns}, (select count(*) from found)::int as found from (${lightest}) e where ${fits} order by e.seq`,
    values: [reader.organizationId, reader.conversationId, query.before, query.limit + 1],
  })
  const page = newestWithin(rows.slice(-query.limit))
  return { rows: page, older: (rows[0]?.found ?? 0) > page.length }
}

/** An entry with the hash of the request that made it, for comparing with a repetition. */
export async function readEntry(
  { database }: Pick<ReadContext, 'database'>,
  organizationId: string,
  entryId: string,
): Promise<(EntryRow & { request_hash: Buffer }) | undefined> {
  const [entry] = await database.read<EntryRow & { request_hash: Buffer }>(organizationId, {
    name: 'entry_by_id',
    text: `select ${entryColumns}, e.request_hash from entries e where e.organization_id = $1 and e.id = $2`,
    values: [organizationId, entryId],
  })
  return entry
}

/**
 * The first result of a request that came before.
 *
 * @throws what the request would otherwise have been refused with, or Failure create.id_reused where the id stands for
 * something else
 */
export async function replay(
  context: AccessContext,
  target: Target,
  request: { entryId: string; hash: Buffer; refusal?: Failure | null },
): Promise<Write> {
  const entry = await readEntry(context, target.organizationId, request.entryId)
  if (!entry && request.refusal) throw request.refusal
  if (!entry?.request_hash.equals(request.hash)) throw new Failure('create.id_reused')
  const head = await readHead(context, target.organizationId, target.conversationId)
  if (!head) throw new Failure('conversation.unknown')
  return { entry, entries: [entry], head, replayed: true }
}

/** Whether an entry of this id is stored, whoever wrote it. */
export async function isWritten(
  context: { database: Database },
  organizationId: string,
  entryId: string,
): Promise<boolean> {
  const rows = await context.database.read(organizationId, {
    name: 'is_written',
    text: 'select from entries where organization_id = $1 and id = $2',
    values: [organizationId, entryId],
  })
  return rows.length > 0
}

/** The answer of a write: the packet everybody gets, or, for a repetition, all from the first result on. */
export async function answerWrite(
  context: ReadContext,
  proof: ConversationProof,
  write: Write,
): Promise<Written> {
  if (!write.replayed) return { packet: toPacket(context.epoch, write), replayed: false }
  const has = { after: write.entry.seq - 1, epoch: context.epoch }
  return { packet: await readPacket(context, proof, has), replayed: true }
}

/** The same for the contact. */
export async function answerMyWrite(
  context: ReadContext,
  proof: MyConversationProof,
  write: Write,
): Promise<MyWritten> {
  if (!write.replayed) return { packet: toPublicPacket(context.epoch, write), replayed: false }
  const has = { after: (write.entry.public_seq ?? 1) - 1, epoch: context.epoch }
  return { packet: await readMyPacket(context, proof, has), replayed: true }
}

/** The contact's own conversations, newest first. */
export const listMyConversations = (context: ReadContext, contact: ContactProof, query: PageQuery) =>
  listOfContact(context, { contact, query, shape: toPublicHead })

/** The same for an operator. */
export const listContactConversations = (context: ReadContext, contact: OfContactProof, query: PageQuery) =>
  listOfContact(context, { contact, query, shape: toHead })

type OfContact = ContactProof | OfContactProof
async function listOfContact<Item>(
  { database }: ReadContext,
  { contact, query, shape }: { contact: OfContact; query: PageQuery; shape: (row: HeadRow) => Item },
): Promise<Page<Item>> {
  type Row = HeadRow & { last_at_exact: string }
  const rows = await database.read<Row>(contact.organizationId, ofContactStatement(contact, query))
  const last = rows.length === query.limit ? rows.at(-1) : undefined
  return { items: rows.map(shape), next: last ? writeCursor([last.last_at_exact, last.id]) : null }
}

/** What decides on a follow-up, and its words; undefined once it is no longer due. */
export async function readFollowUp(
  { database }: Pick<ReadContext, 'database'>,
  { organizationId, conversationId, kind, since }: DueFollowUp,
): Promise<
  (FollowUpFacts & { texts: Partial<Record<Locale, string>>; spoken: Locale | null; own: Locale }) | undefined
> {
  const [row] = await database.read<Awaited<ReturnType<typeof readFollowUp>> & object>(organizationId, {
    name: 'read_follow_up',
    text: `select c.state, case f.kind when 'waiting' then w.waiting_minutes else w.silent_minutes end is not null
          and blocked_until($1, c.contact_id) is null as wanted,
        is_open(w.hours, clock_now()) as open, coalesce(k.away_told_at >= e.at, false) as "awayTold",
        c.read_by_contact >= e.public_seq as read, is_connected($1, 'contact', c.contact_id) as connected,
        coalesce(w.follow_up_texts->f.kind, '{}') as texts, k.locale as spoken, w.locale as own
      from follow_ups f
      join conversations c on c.organization_id = f.organization_id and c.id = f.conversation_id
      join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
      join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
      join entries e on e.organization_id = f.organization_id and e.conversation_id = f.conversation_id and e.seq = f.since_seq
      where f.organization_id = $1 and f.conversation_id = $2 and f.kind = $3 and f.since_seq = $4
        and f.due_at <= clock_now()`,
    values: [organizationId, conversationId, kind, since],
  })
  return row
}

/** How far the logs of some conversations have come, for comparing with what clients have. */
export async function readNumbers(
  { database }: ReadContext,
  organizationId: string,
  conversationIds: readonly string[],
): Promise<{ id: string; seq: number; publicSeq: number }[]> {
  return database.read(organizationId, {
    name: 'read_numbers',
    text: 'select id, seq, public_seq as "publicSeq" from conversations where organization_id = $1 and id = any ($2)',
    values: [organizationId, conversationIds],
  })
}
