import { ApiFailure } from '@foyer/client/api.ts'
import { listOperators, type Me, type Operator } from '@foyer/contract/operators.ts'
import { listRoles, type Right, type Role } from '@foyer/contract/roles.ts'
import { readSession } from '@foyer/contract/sessions.ts'
import { type Circle, listGroups, listSkills } from '@foyer/contract/team.ts'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext } from 'react'
import { api } from './api.ts'

/** The same list each time, so that nothing is drawn anew for it. */
const none: readonly never[] = []

export const sessionKey = ['session'] as const

/** Who is logged in: undefined while asking, null when nobody is. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }): Promise<Me | null> => {
      try {
        return await api.call(readSession, { signal })
      } catch (failure) {
        if (failure instanceof ApiFailure && failure.status === 401) return null
        throw failure
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

const MeContext = createContext<Me | null>(null)
export const MeProvider = MeContext

/** The operator who is logged in; only below the desk. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('Nobody is logged in here.')
  return me
}

/** Puts a newer version of the logged-in operator in place. */
export function useSetMe(): (me: Me) => void {
  const queries = useQueryClient()
  return useCallback(
    (me) => {
      queries.setQueryData<Me | null>(sessionKey, (known) =>
        known && known.version > me.version ? known : me,
      )
    },
    [queries],
  )
}

/** Whether my role allows something; the server refuses regardless of what is shown. */
export function useMay(right: Right): boolean {
  return useMe().rights.includes(right)
}

export function useRoles(): readonly Role[] {
  const mayRead = useMay('team.read')
  const { data } = useQuery({
    enabled: mayRead,
    queryKey: ['operators', 'roles'],
    queryFn: ({ signal }) => api.call(listRoles, { signal }),
    staleTime: 5 * 60_000,
  })
  return data?.items ?? []
}

export const operatorsQuery = queryOptions({
  queryKey: ['operators'],
  queryFn: ({ signal }) => api.call(listOperators, { signal }),
  staleTime: 5 * 60_000,
})

export const useOperators = (): readonly Operator[] => useQuery(operatorsQuery).data?.items ?? none

export const groupsQuery = queryOptions({
  queryKey: ['operators', 'groups'],
  queryFn: ({ signal }) => api.call(listGroups, { signal }),
  staleTime: 5 * 60_000,
})

export const useGroups = (): readonly Circle[] => useQuery(groupsQuery).data?.items ?? none

export const skillsQuery = queryOptions({
  queryKey: ['operators', 'skills'],
  queryFn: ({ signal }) => api.call(listSkills, { signal }),
  staleTime: 5 * 60_000,
})

export const useSkills = (): readonly Circle[] => useQuery(skillsQuery).data?.items ?? none

/** An operator's name by id; empty when the operator is not known. */
export function useOperatorName(): (id: string | null | undefined) => string {
  const operators = useOperators()
  return (id) => operators.find((operator) => operator.id === id)?.name ?? ''
}

/** Where an operator's picture lies, by id. */
export function useOperatorPicture(): (id: string | null | undefined) => string | null {
  const operators = useOperators()
  return (id) => operators.find((operator) => operator.id === id)?.picture ?? null
}
