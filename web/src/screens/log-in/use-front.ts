import { readFront } from '@foyer/contract/accounts.ts'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'

/** Whose log-in page it is, and whether mail goes out. */
export function useFront() {
  const { data } = useQuery({
    queryKey: ['front'],
    queryFn: ({ signal }) => api.call(readFront, { signal }),
  })
  return data
}
