import type { ErrorCode } from '@foyer/contract/errors.ts'
import type { Right, Role, RoleKind } from '@foyer/contract/roles.ts'
import type { Database, Statement, Transaction } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import { rightsOf } from '../operators/access.ts'
import type { RoleReader } from './access.ts'

export async function listRoles({ database }: { database: Database }, proof: RoleReader): Promise<Role[]> {
  const rows = await database.read<RoleRow>(proof.organizationId, rolesStatement(proof.organizationId, null))
  return rows.map(toRole)
}

export type RoleRow = Omit<Role, 'rights'> & { rights: string[] }

/** All roles, built-in ones first and in their order, or one. */
function rolesStatement(organizationId: string, id: string | null): Statement {
  return {
    text: `select r.id, r.kind, r.name, r.rights, r.version, (select count(*) from operators o
        where o.organization_id = $1 and o.role_id = r.id and o.deactivated_at is null) as members
      from roles r where r.organization_id = $1 and ($2::uuid is null or r.id = $2)
      order by array_position(array['owner', 'manager', 'admin', 'analyst', 'operator'], r.kind), lower(r.name), r.id`,
    values: [organizationId, id],
  }
}

export const toRole = (row: RoleRow): Role => ({ ...row, rights: rightsOf(row) })

/** A change of who may what, under way. */
export type Change = {
  readonly transaction: Transaction
  readonly operatorId: string
  readonly roleId: string
  readonly isOwner: boolean
  readonly rights: ReadonlySet<Right>
}

/**
 * Runs a change of who may what: one at a time in an organization, so that nobody gives on what is being taken from them.
 * What the caller may is read anew under the lock.
 *
 * @throws Failure session.required
 */
export async function changeRoles<T>(
  database: Database,
  { organizationId, operatorId }: { organizationId: string; operatorId: string },
  work: (change: Change) => Promise<T>,
): Promise<T> {
  return database.within(organizationId, async (transaction) => {
    await lockRoles(transaction)
    const [mine] = await transaction.query<{ id: string; kind: RoleKind | null; rights: string[] }>({
      text: `select r.id, r.kind, r.rights from operators o
        join roles r on r.organization_id = o.organization_id and r.id = o.role_id
        where o.organization_id = $1 and o.id = $2 and o.deactivated_at is null`,
      values: [organizationId, operatorId],
    })
    if (!mine) throw new Failure('session.required')
    return work({
      transaction,
      operatorId,
      roleId: mine.id,
      isOwner: mine.kind === 'owner',
      rights: new Set(rightsOf(mine)),
    })
  })
}

/** Waits until no change of who may what is under way in the organization, and holds off the next. */
export async function lockRoles(transaction: Transaction): Promise<void> {
  await transaction.query({
    text: 'select from organizations where id = $1 for no key update',
    values: [transaction.organizationId],
  })
}

/** That the caller's own role allows all of these. */
export function requireWithin(change: Change, rights: readonly string[], refusal: ErrorCode): void {
  const beyond = rightsOf({ kind: null, rights }).filter((each) => !change.rights.has(each))
  if (beyond.length > 0) throw new Failure(refusal, { rights: beyond })
}

/** A role the caller may give to somebody. @throws Failure role.unknown, role.beyond */
export async function requireGivable(change: Change, roleId: string): Promise<void> {
  const role = await findRole(change, roleId)
  if (!role) throw new Failure('role.unknown')
  if (role.kind === 'owner') throw new Failure('role.beyond')
  requireWithin(change, role.rights, 'role.beyond')
}

export async function findRole({ transaction }: Change, roleId: string): Promise<RoleRow | undefined> {
  const [row] = await transaction.query<RoleRow>(rolesStatement(transaction.organizationId, roleId))
  return row
}
