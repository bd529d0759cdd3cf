import type { Head } from '@foyer/contract/conversations.ts'
import { describe, expect, test } from 'vitest'
import { belongs, type ListPage, place, recount } from './lists.ts'

const me = 'me'
const counts = {
  mine: 2,
  mineSnoozed: 0,
  mineUnread: 1,
  mineLive: 0,
  unassigned: 1,
  group: 0,
  mineWaiting: 1,
  forMe: 1,
  unassignedSince: '2026-01-01T10:00:00.000Z',
  groupSince: null,
}

function head(id: string, change: Partial<Head>): Head {
  return {
    id,
    n: 1,
    state: 'open',
    assigneeId: me,
    groupId: null,
    live: false,
    contact: { id: `contact-${id}`, name: id, email: null, locale: null, blockedUntil: null },
    widgetId: 'widget',
    channel: 'website',
    subject: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    lastAt: '2026-01-01T00:00:00.000Z',
    waitingSince: null,
    rank: 1,
    position: 1,
    messageAt: '2026-01-01T00:00:00.000Z',
    preview: null,
    unread: 0,
    deliveredToContact: 0,
    readByContact: 0,
    readByOperator: 0,
    endedAt: null,
    snoozedUntil: null,
    handed: null,
    ...change,
  }
}

function page(items: Head[], next: string | null): ListPage {
  return { items, next, counts }
}

const ids = (pages: ListPage[]) => pages.map((each) => each.items.map((row) => row.id).join(''))

describe('belongs', () => {
  test('[I17] what I have put off is in its own list and none of my others', () => {
    const off = head('a', { snoozedUntil: '2026-01-02T00:00:00.000Z', rank: 2, unread: 1 })
    expect(belongs(off, { list: 'mine' }, me)).toBe(false)
    expect(belongs(off, { list: 'snoozed' }, me)).toBe(true)
    expect(belongs({ ...off, assigneeId: 'other' }, { list: 'snoozed' }, me)).toBe(false)
    const viewer = { meId: me, myGroups: new Set<string>() }
    const after = recount(counts, head('a', { unread: 1 }), off, viewer)
    expect(after).toMatchObject({ mine: 1, mineSnoozed: 1, mineUnread: 0, mineWaiting: 0 })
  })

  test('mine and unassigned are running conversations only', () => {
    expect(belongs(head('a', {}), { list: 'mine' }, me)).toBe(true)
    expect(belongs(head('a', { state: 'ended' }), { list: 'mine' }, me)).toBe(false)
    expect(belongs(head('a', { assigneeId: null }), { list: 'unassigned' }, me)).toBe(true)
    expect(belongs(head('a', {}), { list: 'snoozed' }, me)).toBe(false)
    expect(belongs(head('a', { assigneeId: 'other' }), { list: 'unassigned' }, me)).toBe(false)
  })

  test('only the server knows whether a conversation has the searched words', () => {
    expect(belongs(head('a', {}), { list: 'all', search: 'blue' }, me)).toBeNull()
    expect(belongs(head('a', {}), { list: 'all', search: 'blue', state: 'ended' }, me)).toBe(false)
  })
})

describe('place', () => {
  test('puts what needs attention most first', () => {
    const pages = [page([head('a', { rank: 1 }), head('c', { rank: 3 })], null)]
    expect(ids(place(pages, head('b', { rank: 2 }), { list: 'mine' }, me))).toEqual(['abc'])
  })

  test('moves a row that changed and takes one away that belongs no more', () => {
    const pages = [page([head('a', { rank: 1 }), head('b', { rank: 2 })], null)]
    expect(ids(place(pages, head('b', { n: 2, rank: 0 }), { list: 'mine' }, me))).toEqual(['ba'])
    expect(ids(place(pages, head('b', { n: 2, assigneeId: null }), { list: 'mine' }, me))).toEqual(['a'])
  })

  test('an older head changes nothing', () => {
    const pages = [page([head('a', { n: 5 })], null)]
    expect(place(pages, head('a', { n: 4, assigneeId: null }), { list: 'mine' }, me)).toBe(pages)
  })

  test('what lies behind the rows held is left to the next page', () => {
    const pages = [page([head('a', { rank: 1 })], 'more')]
    expect(ids(place(pages, head('z', { rank: 9 }), { list: 'mine' }, me))).toEqual(['a'])
  })

  test('all conversations go by the newest', () => {
    const pages = [page([head('a', { lastAt: '2026-01-02T00:00:00.000Z' })], null)]
    const newer = head('b', { lastAt: '2026-01-03T00:00:00.000Z', state: 'ended' })
    expect(ids(place(pages, newer, { list: 'all' }, me))).toEqual(['ba'])
  })
})

describe('recount', () => {
  const viewer = { meId: me, myGroups: new Set(['returns']) }
  const at = (hour: number) => `2026-01-01T${String(hour).padStart(2, '0')}:00:00.000Z`

  test('[I16] counts by what a conversation was and is', () => {
    const unassigned = head('a', { assigneeId: null })
    expect(recount(counts, unassigned, head('a', { unread: 2 }), viewer)).toMatchObject({
      mine: 3,
      mineSnoozed: 0,
      mineUnread: 2,
      mineLive: 0,
      unassigned: 0,
      group: 0,
      mineWaiting: 2,
      forMe: 0,
    })
    expect(recount(counts, undefined, unassigned, viewer)).toMatchObject({
      mine: 2,
      mineSnoozed: 0,
      mineUnread: 1,
      mineLive: 0,
      unassigned: 2,
      group: 0,
      mineWaiting: 1,
      forMe: 2,
    })
  })

  test('what waits for me is mine and new, open or unread; what is for me to take is no other group’s', () => {
    for (const [change, waits] of [
      [{ state: 'new' }, 1],
      [{ state: 'open' }, 1],
      [{ state: 'pending' }, 0],
      [{ state: 'pending', unread: 1 }, 1],
      [{ state: 'ended', unread: 1 }, 0],
      [{ state: 'open', assigneeId: 'other' }, 0],
    ] as const)
      expect(recount({ ...counts, mineWaiting: 0 }, undefined, head('b', change), viewer).mineWaiting).toBe(
        waits,
      )
    for (const [groupId, mayTake] of [
      [null, 1],
      ['returns', 1],
      ['sales', 0],
    ] as const) {
      const after = head('b', { assigneeId: null, groupId })
      expect(recount({ ...counts, forMe: 0 }, undefined, after, viewer).forMe).toBe(mayTake)
    }
  })

  test('since when the one waits that has waited longest, as others come and go', () => {
    const longest = head('a', { assigneeId: null, waitingSince: at(10) })
    const next = head('b', { assigneeId: null, waitingSince: at(11) })
    const all = () => [longest, next, head('c', { assigneeId: 'other', waitingSince: at(9) })]
    const since = (before: Head | undefined, after: Head) =>
      recount(counts, before, after, viewer, all).unassignedSince
    expect(since(undefined, next)).toBe(at(10))
    expect(since(undefined, head('d', { assigneeId: null, waitingSince: at(8) }))).toBe(at(8))
    expect(since(longest, head('a', { assigneeId: 'other', waitingSince: at(10) }))).toBe(at(11))
    expect(since(next, head('b', { assigneeId: 'other', waitingSince: at(11) }))).toBe(at(10))
    expect(recount(counts, longest, head('a', { waitingSince: at(10) }), viewer).unassignedSince).toBeNull()
  })
})
