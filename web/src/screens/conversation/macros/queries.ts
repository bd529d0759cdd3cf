import { listUsableMacros } from '@foyer/contract/macros.ts'
import { listWidgets } from '@foyer/contract/widgets.ts'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../api.ts'

/** The macros I may use: read when they are first asked for, and again when something about them has changed. */
export const usableMacros = queryOptions({
  queryKey: ['macros', 'usable'],
  queryFn: ({ signal }) => api.call(listUsableMacros, { signal }),
  staleTime: 5 * 60_000,
})

/** For the names and languages of messengers. */
export const widgetsOf = queryOptions({
  queryKey: ['widgets'],
  queryFn: ({ signal }) => api.call(listWidgets, { signal }),
})
