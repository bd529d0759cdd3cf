import { readSignSettings, type SignSettings, updateSignSettings } from '@foyer/contract/signs.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api, codeOf, withRetries } from '../api.ts'
import { useErrorText } from '../text.tsx'
import { notify } from '../ui/notices.tsx'

const key = ['signs'] as const

/** How I want to be told; undefined until it was read. */
export function useSignSettings(): SignSettings | undefined {
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.call(readSignSettings, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data
}

/** Changes what is given, shows it at once, and takes it back with a word when it fails. */
export function useChangeSigns(): (change: Partial<SignSettings>) => Promise<void> {
  const queries = useQueryClient()
  const errorText = useErrorText()
  return useCallback(
    async (change) => {
      await queries.cancelQueries({ queryKey: key })
      const before = queries.getQueryData<SignSettings>(key)
      if (before) queries.setQueryData<SignSettings>(key, { ...before, ...change })
      try {
        await withRetries(() => api.call(updateSignSettings, { body: change }))
      } catch (failure) {
        queries.setQueryData(key, before)
        notify({ tone: 'error', text: errorText(codeOf(failure)) })
      }
    },
    [queries, errorText],
  )
}
