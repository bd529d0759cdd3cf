import { wholeGraphemes } from '@foyer/contract/graphemes.ts'
import type { Notification } from '@foyer/contract/notifications.ts'
import type { SignSettings } from '@foyer/contract/signs.ts'
import type { Database } from '../../platform/db/database.ts'
import { newestFirst, readCursor, writeCursor } from '../../platform/db/keyset.ts'
import type { HeadRow } from '../conversations/shapes.ts'
import type { OperatorProof } from '../operators/access.ts'
import { type Circle, completeSigns } from './model.ts'
import type { SignNews } from './news.ts'

export type NotificationContext = { database: Database }

/** Counts stop here; the interface says "999+". */
const countCap = 1_000
/** So much of a note, and of what a conversation is about, is shown. */
const shownLetters = 200

type Row = Omit<Notification, 'at'> & { at: string; at_exact: string }

/** A page of what concerns the operator, newest first. */
export async function listNotifications(
  { database }: NotificationContext,
  operator: OperatorProof,
  query: { cursor?: string | undefined; limit: number },
): Promise<{ items: Notification[]; next: string | null }> {
  const [at, id] = readCursor(query.cursor, newestFirst)
  const rows = await database.read<Row>(operator.organizationId, {
    name: 'list_notifications',
    text: `select n.id, n.kind, n.at, n.at::text as at_exact, n.read_at is not null as read,
        case when e.actor_kind = 'operator' then e.actor_id end as "operatorId", n.conversation_id as "conversationId", k.id as "contactId",
        coalesce(k.name, split_part(k.email, '@', 1)) as "contactName",
        case n.kind when 'mentioned' then left(e.text, ${shownLetters + 1}) else '' end as text,
        case n.kind when 'given_to_group' then e.body->>'groupName' end as "groupName",
        left(coalesce(c.subject, c.preview_text, ''), ${shownLetters + 1}) as about,
        c.ended_at is null and (c.assignee_id is null or c.assignee_id = $2) as "inInbox"
      from notifications n
      join entries e on e.organization_id = n.organization_id and e.id = n.entry_id
      join conversations c on c.organization_id = n.organization_id and c.id = n.conversation_id
      join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
      where n.organization_id = $1 and n.operator_id = $2 and n.at <= $3::timestamptz
        and (n.at < $3::timestamptz or n.id < $4::uuid)
      order by n.at desc, n.id desc limit $5`,
    values: [operator.organizationId, operator.operatorId, at, id, query.limit],
  })
  const last = rows.length === query.limit ? rows.at(-1) : undefined
  return {
    items: rows.map(({ at_exact: _exact, ...row }) => ({
      ...row,
      text: wholeGraphemes(row.text, shownLetters),
      about: wholeGraphemes(row.about, shownLetters),
    })),
    next: last ? writeCursor([last.at_exact, last.id]) : null,
  }
}

/** How much of it the operator has not read, up to a thousand. */
export async function countUnread(
  { database }: NotificationContext,
  operator: OperatorProof,
): Promise<number> {
  const [row] = await database.read<{ unread: number }>(operator.organizationId, {
    name: 'count_notifications',
    text: `select count(*) as unread from (select from notifications n
      where n.organization_id = $1 and n.operator_id = $2 and n.read_at is null limit ${countCap}) u`,
    values: [operator.organizationId, operator.operatorId],
  })
  return row?.unread ?? 0
}

/** How the operator wants to be told. */
export async function readSigns(
  { database }: NotificationContext,
  operator: OperatorProof,
): Promise<SignSettings> {
  const [row] = await database.read<{ settings: Partial<SignSettings> }>(operator.organizationId, {
    name: 'read_signs',
    text: 'select settings from sign_settings where organization_id = $1 and operator_id = $2',
    values: [operator.organizationId, operator.operatorId],
  })
  return completeSigns(row?.settings ?? {})
}

/** What later slices are given. */
export type NotificationPorts = {
  circlesOf: Circles['of']
  /** Hears of every sign. `head`: of its conversation, where the change was made by this process. */
  onSign: (listener: (news: SignNews, head: HeadRow | undefined) => void) => () => void
}

/** Who is in which groups and wants to be told of what: read once an organization, until it changes. */
export type Circles = {
  of(organizationId: string): Promise<ReadonlyMap<string, Circle>>
  /** Without an organization: of all. */
  forget(organizationId?: string): void
}

export function createCircles(context: NotificationContext): Circles {
  const known = new Map<string, Promise<ReadonlyMap<string, Circle>>>()
  return {
    of(organizationId) {
      const circles = known.get(organizationId) ?? readCircles(context, organizationId)
      known.set(organizationId, circles)
      circles.catch(() => known.delete(organizationId))
      return circles
    },
    forget(organizationId) {
      if (organizationId === undefined) known.clear()
      else known.delete(organizationId)
    },
  }
}

/** Everybody of an organization, with their groups and with how they want to be told. */
async function readCircles(
  { database }: NotificationContext,
  organizationId: string,
): Promise<ReadonlyMap<string, Circle>> {
  type Row = { id: string; groups: string[]; settings: Partial<SignSettings> | null }
  const rows = await database.read<Row>(organizationId, {
    name: 'read_circles',
    text: `select o.id, s.settings, array(select m.group_id::text from group_members m
          where m.organization_id = o.organization_id and m.operator_id = o.id) as groups
      from operators o
      left join sign_settings s on s.organization_id = o.organization_id and s.operator_id = o.id
      where o.organization_id = $1 and o.deactivated_at is null`,
    values: [organizationId],
  })
  return new Map(
    rows.map(({ id, groups, settings }) => [
      id,
      { groups: new Set(groups), settings: completeSigns(settings ?? {}) },
    ]),
  )
}
