import { listConversations } from '@foyer/contract/conversations.ts'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'

/**
 * Tells an inbox nothing has ever arrived in from one where all is answered; undefined until it is known. Asks only while
 * the inbox is empty.
 */
export function useNothingYet(isEmpty: boolean): boolean | undefined {
  const { data, isFetching } = useQuery({
    queryKey: ['arrivals'],
    queryFn: async ({ signal }) => {
      const { items } = await api.call(listConversations, { query: { list: 'all' }, signal })
      return items.length > 0
    },
    enabled: isEmpty,
    // What arrived and was ended since is not among the rows that are told of.
    staleTime: 0,
  })
  if (!isEmpty) return false
  return isFetching ? undefined : data === false
}
