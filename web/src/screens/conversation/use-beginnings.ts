import { listBeginnings } from '@foyer/contract/drafts.ts'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import type { Writer } from './use-typing.ts'

/** As often as a draft that is being written is kept, and no more often than that. */
const everyMs = 2_000

/** How the answers begin of those operators who are writing now, by their ids. Asked for only while somebody is. */
export function useBeginnings(
  conversationId: string,
  writers: readonly Writer[],
): ReadonlyMap<string, string> {
  const isAsked = writers.some(({ kind }) => kind === 'operator')
  const { data } = useQuery({
    queryKey: ['beginnings', conversationId],
    queryFn: ({ signal }) => api.call(listBeginnings, { params: { conversationId }, signal }),
    enabled: isAsked,
    refetchInterval: everyMs,
    gcTime: 0,
  })
  return new Map(isAsked ? data?.items.map(({ operatorId, text }) => [operatorId, text]) : [])
}
