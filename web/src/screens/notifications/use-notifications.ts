import { listNotifications, readNotifications } from '@foyer/contract/notifications.ts'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { api } from '../../api.ts'

const key = ['notifications'] as const

/** What concerns me, newest first, page after page; the socket says when there is something new. */
export function useNotifications() {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      api.call(listNotifications, { query: pageParam ? { cursor: pageParam } : {}, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  return { ...query, items, unread: query.data?.pages[0]?.unread ?? 0 }
}

/** Marks as read what concerns me, of one conversation or all. */
export function useReadNotifications(): (conversationId?: string) => Promise<void> {
  const queries = useQueryClient()
  return useCallback(
    async (conversationId) => {
      await api.call(readNotifications, { body: conversationId ? { conversationId } : {} })
      await queries.invalidateQueries({ queryKey: key })
    },
    [queries],
  )
}

/** Whoever has a conversation open has read what tells of it. */
export function useReadHere(conversationId: string): void {
  const { items } = useNotifications()
  const read = useReadNotifications()
  const unread = items.some((item) => !item.read && item.conversationId === conversationId)
  useEffect(() => {
    // What cannot be said now is said when it is opened again.
    if (unread) read(conversationId).catch(() => undefined)
  }, [unread, read, conversationId])
}
