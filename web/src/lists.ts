import type {
  ConversationState,
  Head,
  InboxCounts,
  ListName,
  Searched,
} from '@foyer/contract/conversations.ts'
import { byAttention } from '@foyer/contract/state.ts'

/** A page of a list as the server answers it. */
export type ListPage = {
  items: Head[]
  next: string | null
  counts: InboxCounts
  /** Only of a search. */
  searched?: Searched | undefined
}
/** Which list: `state` and `search` only apply to all conversations. */
export type ListFilter = {
  list: ListName
  /** Of the list of a group: which. */
  group?: string | undefined
  state?: ConversationState | undefined
  search?: string | undefined
}

/** Whether a conversation stands in a list; null when only the server can tell (a search for words). */
export function belongs(head: Head, filter: ListFilter, meId: string): boolean | null {
  if (filter.list === 'mine' || filter.list === 'snoozed')
    return (
      head.assigneeId === meId &&
      head.state !== 'ended' &&
      Boolean(head.snoozedUntil) === (filter.list === 'snoozed')
    )
  if (filter.list === 'unassigned') return head.assigneeId === null && head.state !== 'ended'
  if (filter.list === 'group')
    return head.groupId === filter.group && belongs(head, { list: 'unassigned' }, meId)
  if (filter.state && head.state !== filter.state) return false
  return filter.search ? null : true
}

/** The order of a list's rows. */
function compareIn(list: ListName): (a: Head, b: Head) => number {
  if (list !== 'all') return byAttention
  return (a, b) =>
    a.lastAt < b.lastAt ? 1 : a.lastAt > b.lastAt ? -1 : a.id < b.id ? 1 : a.id > b.id ? -1 : 0
}

/** The pages with the newest head of a conversation in its place; the same pages when nothing changes. */
export function place(pages: ListPage[], head: Head, filter: ListFilter, meId: string): ListPage[] {
  const known = pages.flatMap((page) => page.items).find((row) => row.id === head.id)
  if (known && known.n > head.n) return pages
  const stands = belongs(head, filter, meId) ?? known !== undefined
  if (!known && !stands) return pages
  const without = known
    ? pages.map((page) =>
        page.items.includes(known) ? { ...page, items: page.items.filter((row) => row !== known) } : page,
      )
    : pages
  return stands ? insert(without, head, compareIn(filter.list)) : without
}

function insert(pages: ListPage[], head: Head, compare: (a: Head, b: Head) => number): ListPage[] {
  for (const [index, page] of pages.entries()) {
    const last = page.items.at(-1)
    const final = index === pages.length - 1
    const within = last ? compare(head, last) < 0 : final
    // Behind the last row held there may be others that are not held: only a complete list takes it at its end.
    if (!within && !(final && page.next === null)) continue
    const at = page.items.findIndex((row) => compare(head, row) < 0)
    const items = at < 0 ? [...page.items, head] : page.items.toSpliced(at, 0, head)
    return pages.with(index, { ...page, items })
  }
  return pages
}

/** From where one looks: who I am, which group's list is meant, and in which groups I am. */
export type Viewer = {
  meId: string
  group?: string | undefined
  myGroups: ReadonlySet<string>
}

/**
 * The counts after a conversation changed from what it was (undefined: it stood in no inbox list).
 *
 * @param all every conversation heard of, of which the one that waits longest is found when the one before has left
 */
export function recount(
  counts: InboxCounts,
  before: Head | undefined,
  after: Head,
  viewer: Viewer,
  all: () => Iterable<Head> = () => [],
): InboxCounts {
  const was = before ? shares(before, viewer) : none
  const is = shares(after, viewer)
  const step = (name: keyof typeof none) => Math.max(0, Math.min(1000, counts[name] + is[name] - was[name]))
  const since = (list: 'unassigned' | 'group', known: string | null) =>
    longest(known, { before, after }, (head) => belongs(head, { ...viewer, list }, viewer.meId) === true, all)
  // A count that stopped at a thousand cannot be counted down; the next reading of the list sets it right.
  return {
    mine: step('mine'),
    mineSnoozed: step('mineSnoozed'),
    mineUnread: step('mineUnread'),
    mineLive: step('mineLive'),
    unassigned: step('unassigned'),
    group: step('group'),
    mineWaiting: step('mineWaiting'),
    forMe: step('forMe'),
    unassignedSince: since('unassigned', counts.unassignedSince),
    groupSince: viewer.group ? since('group', counts.groupSince) : counts.groupSince,
  }
}

const none = {
  mine: 0,
  mineSnoozed: 0,
  mineUnread: 0,
  mineLive: 0,
  unassigned: 0,
  group: 0,
  mineWaiting: 0,
  forMe: 0,
}

function shares(head: Head, { meId, group, myGroups }: Viewer): typeof none {
  const mine = belongs(head, { list: 'mine' }, meId) === true
  const unassigned = belongs(head, { list: 'unassigned' }, meId) === true
  const waits = head.state === 'new' || head.state === 'open' || head.unread > 0
  return {
    mine: Number(mine),
    mineSnoozed: Number(belongs(head, { list: 'snoozed' }, meId) === true),
    mineUnread: Number(mine && head.unread > 0),
    mineLive: Number(mine && head.live),
    unassigned: Number(unassigned),
    group: Number(belongs(head, { list: 'group', group }, meId) === true),
    mineWaiting: Number(mine && waits),
    forMe: Number(unassigned && (head.groupId === null || myGroups.has(head.groupId))),
  }
}

/** Since when the one waits that waits longest in a list. */
function longest(
  known: string | null,
  { before, after }: { before: Head | undefined; after: Head },
  isIn: (head: Head) => boolean,
  all: () => Iterable<Head>,
): string | null {
  const was = before && isIn(before) ? before.waitingSince : null
  const is = isIn(after) ? after.waitingSince : null
  if (is !== null && (known === null || is < known)) return is
  if (was === null || was !== known || is === was) return known
  let first: string | null = is
  for (const head of all()) {
    const since = head.id === after.id || !isIn(head) ? null : head.waitingSince
    if (since !== null && (first === null || since < first)) first = since
  }
  return first
}
