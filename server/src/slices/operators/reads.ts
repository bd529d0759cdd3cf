import {
  type Me,
  type Operator,
  readPicture as pictureRoute,
  type Workload,
} from '@foyer/contract/operators.ts'
import type { RoleName } from '@foyer/contract/roles.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import type { Session } from '@foyer/contract/sessions.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import { type OperatorProof, rightsOf } from './access.ts'
import { sessionRules } from './model.ts'

type Context = { database: Database }

/** Select item: the role that a row with organization_id and role_id points at, by its name. */
export const roleOf = (of: string) => `(select json_build_object('id', r.id, 'kind', r.kind, 'name', r.name)
  from roles r where r.organization_id = ${of}.organization_id and r.id = ${of}.role_id)`

/** Select item: where the picture of a row of operators lies. */
export const pictureOf = (of: string) => `'${pictureRoute.path.replace(':picture', '')}' || ${of}.picture`

/** The switch is on and somebody lives at the other end. */
const isAvailable = 's.online and s.present'

/** A colleague as others see them: select list over `operatorTables`. */
export const operatorColumns = `o.id, o.name, o.alias, ${pictureOf('o')} as picture, o.languages, ${roleOf('o')} as role, ${isAvailable} as available,
  s.online and not s.present as away, s.since, json_build_object('used', s.used, 'most', s.most) as slots, o.version`
export const operatorTables =
  'operators o join operator_slots s on s.organization_id = o.organization_id and s.operator_id = o.id'

export async function readMe({ database }: Context, proof: OperatorProof): Promise<Me> {
  return readMeOf({ database }, proof)
}

/** The same before there is a session to prove anything: for who has just shown a password. */
export async function readMeOf(
  { database }: Context,
  operator: { organizationId: string; operatorId: string },
): Promise<Me> {
  const [row] = await database.read<MeRow>(operator.organizationId, {
    name: 'read_me',
    text: `select ${meColumns} from operators o join organizations g on g.id = o.organization_id
           where o.organization_id = $1 and o.id = $2`,
    values: [operator.organizationId, operator.operatorId],
  })
  if (!row) throw new Failure('session.required')
  return toMe(row)
}

export async function listOperators({ database }: Context, proof: OperatorProof): Promise<Operator[]> {
  return database.read<Operator>(proof.organizationId, {
    name: 'list_operators',
    text: `select ${operatorColumns} from ${operatorTables}
           where o.organization_id = $1 and o.deactivated_at is null order by o.name, o.id`,
    values: [proof.organizationId],
  })
}

/** How many running conversations each operator has, and with whom they are live; two looks at indexes, however many operators there are. */
export async function listWorkloads({ database }: Context, proof: OperatorProof): Promise<Workload[]> {
  const rows = await database.read<Workload>(proof.organizationId, {
    name: 'list_workloads',
    text: `select r.assignee_id as "operatorId", r.running, coalesce(l.live, '[]') as live
      from (select assignee_id, count(*) as running from conversations
        where organization_id = $1 and assignee_id is not null and ended_at is null group by assignee_id) r
      left join (select c.assignee_id, json_agg(json_build_object('conversationId', c.id, 'since', c.live_since,
          'contact', json_build_object('id', k.id, 'name', k.name, 'email', k.email)) order by c.live_since, c.id) as live
        from conversations c join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
        where c.organization_id = $1 and c.live_since is not null group by c.assignee_id) l using (assignee_id)`,
    values: [proof.organizationId],
  })
  return rows.map(({ live, ...rest }) => ({
    ...rest,
    // Within JSON PostgreSQL writes a moment with its own zone.
    live: live.map((each) => ({ ...each, since: new Date(each.since).toISOString() })),
  }))
}

/** Whether anybody of the organization is available, and whether one of them has room; contacts may know that much. */
export async function readAvailability(
  { database }: Context,
  organizationId: string,
): Promise<{ available: boolean; free: boolean }> {
  const [row] = await database.read<{ available: boolean; free: boolean }>(organizationId, {
    name: 'availability',
    text: `select exists (select from operator_slots s where s.organization_id = $1 and ${isAvailable}) as available,
             exists (select from operator_slots s where s.organization_id = $1 and s.free > 0) as free`,
    values: [organizationId],
  })
  return row ?? { available: false, free: false }
}

/** Some of those who answer, as contacts see them: whoever is there first. */
export async function listFaces(
  { database }: Context,
  organizationId: string,
): Promise<{ name: string; picture: string | null }[]> {
  return database.read(organizationId, {
    name: 'list_faces',
    text: `select coalesce(o.alias, o.name) as name, ${pictureOf('o')} as picture from ${operatorTables}
      where o.organization_id = $1 and o.deactivated_at is null and not o.sample
      order by ${isAvailable} desc, o.picture is null, o.created_at, o.id limit 4`,
    values: [organizationId],
  })
}

/** Whether anybody of the organization is available. */
export async function isAnyOperatorAvailable(
  { database }: Context,
  organizationId: string,
): Promise<boolean> {
  const [row] = await database.read<{ available: boolean }>(organizationId, {
    name: 'any_operator_available',
    text: `select exists (select from operator_slots s
             where s.organization_id = $1 and ${isAvailable}) as available`,
    values: [organizationId],
  })
  return row?.available ?? false
}

/** The bytes of a picture, for whoever knows its key. @throws Failure picture.unknown */
export async function readPicture({ database }: Context, key: string): Promise<Uint8Array> {
  const [row] = await database.run<{ bytes: Buffer | null }>({
    name: 'picture_by_key',
    text: 'select picture_by_key($1) as bytes',
    values: [key],
  })
  if (!row?.bytes) throw new Failure('picture.unknown')
  return row.bytes
}

/** Where the operator is logged in, the last used first. */
export async function listSessions({ database }: Context, proof: OperatorProof): Promise<Session[]> {
  type Row = { id: string; device: string; created_at: string; last_seen_at: string }
  const rows = await database.read<Row>(proof.organizationId, {
    text: `select id, device, created_at, last_seen_at from sessions
           where organization_id = $1 and operator_id = $2
             and expires_at > clock_now() and last_seen_at > clock_now() - make_interval(secs => $3)
           order by last_seen_at desc, id`,
    values: [proof.organizationId, proof.operatorId, sessionRules.idleSeconds],
  })
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    device: row.device,
    current: row.id === proof.sessionId,
  }))
}

export type MeRow = {
  id: string
  organization_id: string
  organization_name: string
  name: string
  alias: string | null
  picture: string | null
  languages: Me['languages']
  signature: string | null
  email: string
  role: RoleName & { rights: string[] }
  locale: Locale
  theme: Me['theme']
  shortcuts: boolean
  undoSeconds: number
  online: boolean
  slots: number
  version: number
}

export const meColumns = `o.id, o.organization_id, g.name as organization_name, o.name, o.alias, o.email,
  ${pictureOf('o')} as picture, o.languages, o.signature,
  (select json_build_object('id', r.id, 'kind', r.kind, 'name', r.name, 'rights', r.rights) from roles r
    where r.organization_id = o.organization_id and r.id = o.role_id) as role,
  o.locale, o.theme, o.shortcuts, o.undo_seconds as "undoSeconds", o.online,
  (select s.most from operator_slots s where s.organization_id = o.organization_id and s.operator_id = o.id) as slots,
  o.version`

export function toMe({ organization_id, organization_name, role, ...rest }: MeRow): Me {
  const { id, kind, name } = role
  return {
    ...rest,
    role: { id, kind, name },
    rights: rightsOf(role),
    organizationId: organization_id,
    organizationName: organization_name,
  }
}
