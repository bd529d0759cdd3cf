import type { Head } from '@foyer/contract/conversations.ts'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { startLists } from './list-cache.ts'
import type { ListPage } from './lists.ts'

const me = 'me'
const ended = { id: 'a', n: 5, state: 'ended', assigneeId: me, rank: 4, position: 0, unread: 0 } as Head
const resumed: Head = { ...ended, n: 6, state: 'open', rank: 2 }
const counts = {
  mine: 0,
  mineSnoozed: 0,
  mineUnread: 0,
  mineLive: 0,
  unassigned: 0,
  group: 0,
  mineWaiting: 0,
  forMe: 0,
  unassignedSince: null,
  groupSince: null,
}

afterEach(() => vi.unstubAllGlobals())

test('a change first heard of in one list reaches the others, also when it is told again', async () => {
  const queries = new QueryClient()
  const lists = startLists(queries, me)
  const read = async (list: 'mine' | 'all', items: Head[]) => {
    const page: ListPage = { items, next: null, counts }
    vi.stubGlobal('fetch', async () => Response.json(page))
    await queries.fetchInfiniteQuery({
      queryKey: ['list', list, '', '', ''],
      queryFn: ({ signal }) => lists.read({ list }, null, signal),
      initialPageParam: null,
    })
  }
  await read('mine', [])
  await read('all', [ended])
  await read('all', [resumed])
  lists.take(resumed)
  const mine = queries.getQueryData<{ pages: ListPage[] }>(['list', 'mine', '', '', ''])
  expect(mine?.pages[0]?.items).toEqual([resumed])
  expect(mine?.pages[0]?.counts.mine).toBe(1)
  lists.stop()
})

test('what was foreseen and then came true counts once, whichever arrives first', async () => {
  const open = { ...resumed, assigneeId: null, groupId: null, unread: 0, waitingSince: null } as Head
  const taken: Head = { ...open, n: 7, assigneeId: me }
  for (const truthFirst of [true, false]) {
    const queries = new QueryClient()
    const lists = startLists(queries, me)
    const page: ListPage = { items: [open], next: null, counts: { ...counts, unassigned: 1, forMe: 1 } }
    vi.stubGlobal('fetch', async () => Response.json(page))
    const queryKey = ['list', 'unassigned', '', '', '']
    await queries.fetchInfiniteQuery({
      queryKey,
      queryFn: ({ signal }) => lists.read({ list: 'unassigned' }, null, signal),
      initialPageParam: null,
    })
    const countsNow = () => queries.getQueryData<{ pages: ListPage[] }>(queryKey)?.pages[0]?.counts
    const takeBack = lists.foresee(open.id, { assigneeId: me })
    const right = { mine: 1, mineSnoozed: 0, mineWaiting: 1, unassigned: 0, forMe: 0 }
    expect(countsNow()).toMatchObject(right)
    if (truthFirst) lists.take(taken)
    takeBack()
    if (!truthFirst) lists.take(taken)
    expect(countsNow()).toMatchObject(right)
    lists.stop()
  }
})
