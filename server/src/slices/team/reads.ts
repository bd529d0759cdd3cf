import type { Circle, Colleague, Invitation } from '@foyer/contract/team.ts'
import { sha256 } from '../../platform/crypto.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { OperatorProof } from '../operators/access.ts'
import { operatorColumns, operatorTables, roleOf } from '../operators/reads.ts'
import { type Change, requireWithin } from '../roles/reads.ts'
import type { TeamReader } from './access.ts'

type Context = { database: Database }

/** Groups and skills are kept alike: a name, and who belongs to it. */
export const circles = {
  groups: { members: 'group_members', key: 'group_id', unknown: 'group.unknown' },
  skills: { members: 'operator_skills', key: 'skill_id', unknown: 'skill.unknown' },
} as const
export type CircleKind = keyof typeof circles

export function circlesStatement(kind: CircleKind, organizationId: string, id: string | null) {
  const { members, key } = circles[kind]
  return {
    name: `list_${kind}`,
    text: `select c.id, c.name, c.version, coalesce((
        select json_agg(m.operator_id order by m.operator_id) from ${members} m
        join operators o on o.organization_id = m.organization_id and o.id = m.operator_id and o.deactivated_at is null
        where m.organization_id = $1 and m.${key} = c.id), '[]') as "memberIds"
      from ${kind} c where c.organization_id = $1 and c.deleted_at is null and ($2::uuid is null or c.id = $2)
      order by lower(c.name), c.id`,
    values: [organizationId, id],
  }
}

export function listCircles(
  { database }: Context,
  proof: OperatorProof,
  kind: CircleKind,
): Promise<Circle[]> {
  return database.read<Circle>(proof.organizationId, circlesStatement(kind, proof.organizationId, null))
}

/** An invitation: select list over `invitations i`. */
export const invitationColumns = `i.id, ${roleOf('i')} as role, i.created_at as "createdAt", i.expires_at as "expiresAt",
  (select json_build_object('to', i.email, 'state', m.state) from mails m
    where m.organization_id = i.organization_id and m.id = i.mail_id) as mail`

export function listInvitations({ database }: Context, proof: TeamReader): Promise<Invitation[]> {
  return database.read<Invitation>(proof.organizationId, {
    text: `select ${invitationColumns} from invitations i
      where i.organization_id = $1 and invitation_holds(i)
      order by i.created_at desc, i.id`,
    values: [proof.organizationId],
  })
}

export function listTeam({ database }: Context, proof: TeamReader): Promise<Colleague[]> {
  return database.read<Colleague>(proof.organizationId, {
    text: `select ${operatorColumns}, o.email, o.deactivated_at is null as active, o.sample from ${operatorTables}
      where o.organization_id = $1 and not (o.sample and o.deactivated_at is not null) order by o.sample, o.deactivated_at is not null, lower(o.name), o.id`,
    values: [proof.organizationId],
  })
}

export type Invited = {
  organization_id: string
  invitation_id: string
  organization_name: string
  email: string | null
}

/** Where an invitation leads. Wrong, used, withdrawn and expired ones are answered alike. @throws Failure invitation.invalid */
export async function findInvitation({ database }: Context, token: string): Promise<Invited> {
  const [row] = await database.run<Invited>({
    name: 'invitation_of_link',
    text: 'select * from invitation_of_link($1)',
    values: [sha256(token)],
  })
  if (!row) throw new Failure('invitation.invalid')
  return row
}

/**
 * A colleague whom the caller may act on: anybody but the owner, themselves, and those whose role allows more than theirs.
 *
 * @throws Failure operator.unknown, operator.protected
 */
export async function requireColleague(change: Change, operatorId: string): Promise<void> {
  const [row] = await change.transaction.query<{ kind: string | null; rights: string[] }>({
    text: `select r.kind, r.rights from operators o join roles r on r.organization_id = o.organization_id and r.id = o.role_id
      where o.organization_id = $1 and o.id = $2 and not o.sample for update of o`,
    values: [change.transaction.organizationId, operatorId],
  })
  if (!row) throw new Failure('operator.unknown')
  if (row.kind === 'owner' || operatorId === change.operatorId) throw new Failure('operator.protected')
  requireWithin(change, row.rights, 'operator.protected')
}
