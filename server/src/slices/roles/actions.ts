import type { Role, saveRole as saveRoute } from '@foyer/contract/roles.ts'
import type { BodyOf } from '@foyer/contract/route.ts'
import type { Database } from '../../platform/db/database.ts'
import { violates } from '../../platform/db/errors.ts'
import { Failure } from '../../platform/failure.ts'
import type { OperatorProof } from '../operators/access.ts'
import { type TellsOfOperators, tellMe, tellOperators } from '../operators/news.ts'
import type { RoleEditor } from './access.ts'
import { type Change, changeRoles, findRole, requireGivable, requireWithin, toRole } from './reads.ts'

export type RoleContext = TellsOfOperators & { database: Database }

/**
 * Creates a role of the organization's own, or lets a role allow this. Sessions are remembered for less than two seconds
 * (`operators/access.ts`), and those who have the role are told to read again what they may.
 *
 * @throws Failure role.missing, role.unknown, role.protected, role.beyond, role.name_taken
 */
export async function saveRole(
  context: RoleContext,
  proof: RoleEditor,
  given: BodyOf<typeof saveRoute>,
): Promise<Role> {
  const { organizationId } = proof
  try {
    const [saved, concerned] = await changeRoles(context.database, proof, async (change) => {
      const known = await findRole(change, given.id)
      if (known) requireChangeable(change, known)
      else if (given.name === null) throw new Failure('role.unknown')
      requireWithin(change, given.rights, 'role.beyond')
      await change.transaction.query({
        text: `insert into roles (organization_id, id, name, rights) values ($1, $2, coalesce($3, ''), $4)
          on conflict (organization_id, id) do update set rights = excluded.rights, version = roles.version + 1,
            name = case when roles.kind is null then coalesce($3, roles.name) end`,
        values: [organizationId, given.id, given.name, [...new Set(given.rights)]],
      })
      const row = await findRole(change, given.id)
      if (!row) throw new Error('A role just saved cannot be read.')
      return [toRole(row), await holdersOf(change, given.id)] as const
    })
    tell(context, proof, concerned)
    return saved
  } catch (error) {
    if (violates(error, 'roles_name')) throw new Failure('role.name_taken')
    throw error
  }
}

/** Removes an own role; operators and invitations get the other one. @throws Failure role.unknown, role.protected, role.beyond */
export async function removeRole(
  context: RoleContext,
  proof: RoleEditor,
  roleId: string,
  replacementId: string,
): Promise<void> {
  const concerned = await changeRoles(context.database, proof, async (change) => {
    const known = await findRole(change, roleId)
    if (!known) throw new Failure('role.unknown')
    requireChangeable(change, known)
    if (known.kind !== null || replacementId === roleId) throw new Failure('role.protected')
    await requireGivable(change, replacementId)
    const holders = await holdersOf(change, roleId)
    const values = [proof.organizationId, roleId, replacementId]
    const { transaction } = change
    await transaction.query({
      text: 'update operators set role_id = $3, version = version + 1 where organization_id = $1 and role_id = $2',
      values,
    })
    await transaction.query({
      text: 'update invitations set role_id = $3 where organization_id = $1 and role_id = $2',
      values,
    })
    await transaction.query({
      text: 'delete from roles where organization_id = $1 and id = $2',
      values: [proof.organizationId, roleId],
    })
    return holders
  })
  tell(context, proof, concerned)
}

/** Makes a colleague the owner, in one statement; of several at once, one. @throws Failure role.missing, operator.unknown */
export async function handOver(
  context: RoleContext,
  proof: OperatorProof,
  operatorId: string,
): Promise<void> {
  const { organizationId } = proof
  await changeRoles(context.database, proof, async (change) => {
    if (!change.isOwner) throw new Failure('role.missing')
    const changed = await change.transaction.query({
      text: `update operators o set version = o.version + 1, role_id = r.id from roles r
        where o.organization_id = $1 and o.id in ($2, $3) and r.organization_id = $1
          and r.kind = case when o.id = $3 then 'owner' else 'manager' end and $2 <> $3
          and exists (select from operators t where t.organization_id = $1 and t.id = $3
            and t.deactivated_at is null and not t.sample)
        returning o.id`,
      values: [organizationId, proof.operatorId, operatorId],
    })
    if (changed.length < 2) throw new Failure('operator.unknown')
  })
  tell(context, proof, [proof.operatorId, operatorId])
}

/** @throws Failure role.protected, role.beyond */
function requireChangeable(
  change: Change,
  role: { id: string; kind: string | null; rights: string[] },
): void {
  if (role.kind === 'owner' || role.id === change.roleId) throw new Failure('role.protected')
  requireWithin(change, role.rights, 'role.beyond')
}

async function holdersOf({ transaction }: Change, roleId: string): Promise<string[]> {
  const rows = await transaction.query<{ id: string }>({
    text: `select id from operators where organization_id = $1 and role_id = $2 and deactivated_at is null and not sample`,
    values: [transaction.organizationId, roleId],
  })
  return rows.map(({ id }) => id)
}

/** Those concerned read again what they may, the others what roles there are. */
function tell(
  context: RoleContext,
  by: { organizationId: string; operatorId: string },
  concerned: readonly string[],
): void {
  for (const operatorId of concerned) tellMe(context, { organizationId: by.organizationId, operatorId })
  tellOperators(context, by)
}
