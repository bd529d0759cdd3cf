import type { Me } from '@foyer/contract/operators.ts'
import type { Role, RoleName } from '@foyer/contract/roles.ts'
import { useText } from '../../text.tsx'

/** A role's name: built-in ones are named in the reader's language. */
export function useRoleName(): (role: RoleName) => string {
  const t = useText()
  return ({ kind, name }) => (kind ? t(`role.${kind}`) : (name ?? ''))
}

/** Whether I may give a role to somebody: it allows no more than mine, and is not the owner's. */
export function mayGive(me: Me, role: Role): boolean {
  return role.kind !== 'owner' && role.rights.every((right) => me.rights.includes(right))
}
