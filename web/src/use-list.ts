import type { Head } from '@foyer/contract/conversations.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type Cached, keyOf } from './list-cache.ts'
import type { ListFilter } from './lists.ts'
import { useSync } from './sync.ts'

/** The rows of a list, page after page, kept fresh while it is shown. */
export function useList(filter: ListFilter, { enabled = true }: { enabled?: boolean } = {}) {
  const { lists } = useSync()
  const query = useInfiniteQuery({
    enabled,
    queryKey: keyOf(filter),
    queryFn: ({ pageParam, signal }) => lists.read(filter, pageParam, signal),
    // The type of a first page's cursor is that of the others.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 30_000,
    ...(filter.search ? { placeholderData: (before: Cached | undefined) => before } : {}),
  })
  const pages = query.data?.pages
  return { ...query, rows: unique(pages?.flatMap((page) => page.items) ?? []), counts: pages?.[0]?.counts }
}

/** A row that moved while pages were read one after the other could stand on two of them. */
function unique(rows: Head[]): Head[] {
  const seen = new Set<string>()
  return rows.filter((row) => !seen.has(row.id) && seen.add(row.id))
}
