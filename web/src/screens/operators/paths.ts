/** What the wall of operators says in the address bar. */
export type OperatorsFilter = { group?: string | undefined }

export const operatorsPaths = {
  operators: ({ group }: OperatorsFilter = {}) =>
    group ? `/operators?group=${encodeURIComponent(group)}` : '/operators',
} as const

/** Reads the filter from an address; what is not understood is left out. */
export function readOperatorsFilter({ group }: Record<string, unknown>): OperatorsFilter {
  return typeof group === 'string' && group !== '' ? { group } : {}
}
