import type { Macro } from '@foyer/contract/macros.ts'
import { type InfiniteData, useQueryClient } from '@tanstack/react-query'

/** The name of a macro that is known here; empty where none is. */
export function useMacroName(): (id: string) => string {
  const queries = useQueryClient()
  return (id) => {
    const lists = queries.getQueriesData<InfiniteData<{ items: Macro[] }>>({ queryKey: ['macros', 'list'] })
    const macros = lists.flatMap(([, list]) => list?.pages.flatMap(({ items }) => items) ?? [])
    return macros.find((macro) => macro.id === id)?.name ?? ''
  }
}
