import type { Head } from '@foyer/contract/conversations.ts'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { startLists } from './list-cache.ts'
import type { ListPage } from './lists.ts'

const me = 'me'
const ended = { id: 'a', n: 5, state: 'ended', assigneeId: me, rank: 4, position: 0, unread: 0 } as Head
const resumed: Head = { ...ended, n: 6, state: 'open', rank: 2 }
const counts = { mine: 0, mineUnread: 0, mineLive: 0, unassigned: 0, group: 0 }

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
