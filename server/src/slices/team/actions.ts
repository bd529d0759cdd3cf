import { randomUUID } from 'node:crypto'
import type { BodyOf } from '@foyer/contract/route.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import type {
  acceptInvitation as acceptRoute,
  Circle,
  Invitation,
  invite as inviteRoute,
  updateColleague as updateRoute,
} from '@foyer/contract/team.ts'
import { hashPassword, randomToken, sha256 } from '../../platform/crypto.ts'
import type { Database, Transaction } from '../../platform/db/database.ts'
import { violates } from '../../platform/db/errors.ts'
import { Failure } from '../../platform/failure.ts'
import { refuseCommon } from '../../platform/passwords.ts'
import { queueMail } from '../mail/actions.ts'
import { endSessionsOf, profileStatement } from '../operators/actions.ts'
import {
  type OperatorKey,
  type TellsOfOperators,
  tellEnded,
  tellMe,
  tellOperators,
} from '../operators/news.ts'
import { type Change, changeRoles, lockRoles, requireGivable } from '../roles/reads.ts'
import type { TeamProof } from './access.ts'
import {
  type CircleKind,
  circles,
  circlesStatement,
  findInvitation,
  invitationColumns,
  requireColleague,
} from './reads.ts'

export type TeamContext = TellsOfOperators & { database: Database; wakeWorkers: () => void }

const invitationDays = 7
/** Invitations that one mailbox is sent within a day: whoever invites must not fill a stranger's. */
const mailsADay = 3

/** Creates a group or skill, or gives it this name and these members. @throws Failure group.name_taken, skill.name_taken, operator.unknown */
export async function saveCircle(
  context: TeamContext,
  proof: TeamProof,
  kind: CircleKind,
  given: { id: string; name: string; memberIds: readonly string[] },
): Promise<Circle> {
  const { organizationId } = proof
  const { members, key } = circles[kind]
  const memberIds = [...new Set(given.memberIds)]
  try {
    const saved = await context.database.within(organizationId, async (transaction) => {
      await transaction.query({
        text: `insert into ${kind} (organization_id, id, name) values ($1, $2, $3)
          on conflict (organization_id, id) do update set name = excluded.name, deleted_at = null, version = ${kind}.version + 1`,
        values: [organizationId, given.id, given.name],
      })
      await transaction.query({
        text: `delete from ${members} where organization_id = $1 and ${key} = $2 and operator_id <> all ($3)`,
        values: [organizationId, given.id, memberIds],
      })
      const found = await transaction.query({
        text: `with known as (select id from operators where organization_id = $1 and id = any ($3)),
            added as (insert into ${members} (organization_id, ${key}, operator_id) select $1, $2, id from known
              on conflict do nothing)
          select id from known`,
        values: [organizationId, given.id, memberIds],
      })
      if (found.length < memberIds.length) throw new Failure('operator.unknown')
      const [row] = await transaction.query<Circle>(circlesStatement(kind, organizationId, given.id))
      return row
    })
    if (!saved) throw new Error('A group just saved cannot be read.')
    tellOperators(context, proof)
    return saved
  } catch (error) {
    if (violates(error, 'groups_name')) throw new Failure('group.name_taken')
    if (violates(error, 'skills_name')) throw new Failure('skill.name_taken')
    throw error
  }
}

/** @throws Failure group.unknown, group.in_use, skill.unknown, skill.in_use */
export async function removeCircle(
  context: TeamContext,
  proof: TeamProof,
  kind: CircleKind,
  id: string,
): Promise<void> {
  const { organizationId } = proof
  const isGroup = kind === 'groups'
  const { members, key, unknown } = circles[kind]
  await context.database.within(organizationId, async (transaction) => {
    const [row] = await transaction.query({
      text: `update ${kind} set deleted_at = clock_now(), version = version + 1
        where organization_id = $1 and id = $2 and deleted_at is null returning id`,
      values: [organizationId, id],
    })
    if (!row) throw new Failure(unknown)
    const used = await transaction.query({
      text: isGroup
        ? `select from widgets where organization_id = $1 and routing = 'group' and group_id = $2
           union all select from widget_groups g join widgets w on w.organization_id = g.organization_id and w.id = g.widget_id
             and w.routing = 'choice' where g.organization_id = $1 and g.group_id = $2`
        : `select from widget_skills k join widgets w on w.organization_id = k.organization_id and w.id = k.widget_id
             and w.routing = 'skills' where k.organization_id = $1 and k.skill_id = $2`,
      values: [organizationId, id],
    })
    if (used.length > 0) throw new Failure(isGroup ? 'group.in_use' : 'skill.in_use')
    await transaction.query({
      text: `delete from ${members} where organization_id = $1 and ${key} = $2`,
      values: [organizationId, id],
    })
  })
  tellOperators(context, proof)
}

/**
 * Invites a colleague, by mail too if there is an address; the mail has a secret of its own. The one answered here is
 * answered this once; what is kept cannot be turned back into it.
 *
 * @throws Failure role.unknown, role.beyond, create.id_reused, operator.email_taken, invitation.mailed_enough
 */
export async function invite(
  context: TeamContext,
  proof: TeamProof,
  given: BodyOf<typeof inviteRoute>,
): Promise<{ invitation: Invitation; token: string }> {
  const token = randomToken()
  try {
    const [invitation] = await changeRoles(context.database, proof, async (change) => {
      await requireGivable(change, given.roleId)
      const mailId = given.email ? await mailInvitation(change, given.id, given.email) : null
      return change.transaction.query<Invitation>({
        text: `insert into invitations as i (organization_id, id, token_hash, role_id, created_by, expires_at, email, mail_id)
        values ($1, $2, $3, $4, $5, clock_now() + make_interval(days => $6), $7, $8) returning ${invitationColumns}`,
        values: [
          proof.organizationId,
          given.id,
          sha256(token),
          given.roleId,
          proof.operatorId,
          invitationDays,
          given.email ?? null,
          mailId,
        ],
      })
    })
    if (!invitation) throw new Error('An invitation just made cannot be read.')
    if (given.email) context.wakeWorkers()
    return { invitation, token }
  } catch (error) {
    if (violates(error, 'invitations_pkey')) throw new Failure('create.id_reused')
    throw error
  }
}

/** Queues the mail of an invitation that is about to be made, in the language of who invites. @throws Failure operator.email_taken, invitation.mailed_enough */
async function mailInvitation(
  { transaction, operatorId }: Change,
  invitationId: string,
  to: string,
): Promise<string> {
  const [me] = await transaction.query<{ locale: Locale; taken: boolean; mailed: number }>({
    text: `select o.locale, exists (select from operators t where t.organization_id = $1 and lower(t.email) = lower($3)) as taken,
        (select count(*) from mails m where m.organization_id = $1 and m.kind = 'invitation'
          and mailbox_of(m.to_address) = mailbox_of($3) and m.created_at > clock_now() - interval '1 day') as mailed
      from operators o where o.organization_id = $1 and o.id = $2`,
    values: [transaction.organizationId, operatorId, to],
  })
  if (!me || me.taken) throw new Failure('operator.email_taken')
  if (me.mailed >= mailsADay) throw new Failure('invitation.mailed_enough')
  const id = randomUUID()
  const data = { invitationId, invitedBy: operatorId }
  await queueMail(transaction, { id, kind: 'invitation', to, locale: me.locale, data })
  return id
}

/** @throws Failure invitation.invalid */
export async function withdrawInvitation(context: TeamContext, proof: TeamProof, id: string): Promise<void> {
  const gone = await context.database.read(proof.organizationId, {
    text: 'delete from invitations where organization_id = $1 and id = $2 and used_at is null returning id',
    values: [proof.organizationId, id],
  })
  if (gone.length === 0) throw new Failure('invitation.invalid')
}

/** Makes an operator of whoever holds the link; of many at once, one. @throws Failure invitation.invalid, operator.email_taken, password.common */
export async function acceptInvitation(
  context: TeamContext,
  given: BodyOf<typeof acceptRoute>,
): Promise<OperatorKey> {
  const invited = await findInvitation(context, given.token)
  const organizationId = invited.organization_id
  await refuseCommon(given.password, [given.name, given.email, invited.organization_name])
  // Slow on purpose, so it must not happen while the transaction holds the invitation.
  const passwordHash = await hashPassword(given.password)
  const operatorId = randomUUID()
  try {
    await context.database.within(organizationId, async (transaction) => {
      await lockRoles(transaction)
      const [used] = await transaction.query<{ role_id: string }>({
        text: `update invitations i set used_at = clock_now()
          where i.organization_id = $1 and i.id = $2 and invitation_holds(i) returning i.role_id`,
        values: [organizationId, invited.invitation_id],
      })
      if (!used) throw new Failure('invitation.invalid')
      await transaction.query({
        text: `insert into operators (organization_id, id, email, name, password_hash, role_id, locale)
          values ($1, $2, $3, $4, $5, $6, $7)`,
        values: [
          organizationId,
          operatorId,
          given.email,
          given.name,
          passwordHash,
          used.role_id,
          given.locale,
        ],
      })
      // What else was sent to them leads nowhere any more.
      await transaction.query({
        text: `delete from invitations where organization_id = $1 and used_at is null and lower(email) = any ($2)`,
        values: [
          organizationId,
          [given.email, ...(invited.email ? [invited.email] : [])].map((each) => each.toLowerCase()),
        ],
      })
    })
  } catch (error) {
    if (violates(error, 'operators_email')) throw new Failure('operator.email_taken')
    throw error
  }
  const operator = { organizationId, operatorId }
  tellOperators(context, operator, 1)
  return operator
}

/** Lets a colleague work, or no longer; the worker then takes their running conversations from them. @throws Failure operator.unknown, operator.protected */
export async function setActive(
  context: TeamContext,
  proof: TeamProof,
  operatorId: string,
  active: boolean,
): Promise<void> {
  const { organizationId } = proof
  const ended = await changeRoles(context.database, proof, async (change) => {
    const { transaction } = change
    await requireColleague(change, operatorId)
    await transaction.query({
      text: `update operators set version = version + 1, online = online and $3,
          deactivated_at = case when $3 then null else coalesce(deactivated_at, clock_now()) end
        where organization_id = $1 and id = $2`,
      values: [organizationId, operatorId, active],
    })
    return active ? [] : endSessionsOf(transaction, operatorId)
  })
  tellEnded(context, organizationId, ended)
  tellOperators(context, { organizationId, operatorId })
}

/** @throws Failure operator.unknown, operator.protected, group.unknown, skill.unknown */
export async function updateColleague(
  context: TeamContext,
  proof: TeamProof,
  operatorId: string,
  given: BodyOf<typeof updateRoute>,
): Promise<void> {
  const { organizationId } = proof
  await changeRoles(context.database, proof, async (change) => {
    const { transaction } = change
    await requireColleague(change, operatorId)
    const { groupIds, skillIds, ...profile } = given
    await transaction.query(profileStatement({ organizationId, operatorId }, profile))
    if (groupIds) await setCircles(transaction, 'groups', operatorId, groupIds)
    if (skillIds) await setCircles(transaction, 'skills', operatorId, skillIds)
  })
  tellMe(context, { organizationId, operatorId })
  tellOperators(context, { organizationId, operatorId })
}

/** Puts an operator into these groups and no others, or gives them these skills. @throws Failure group.unknown, skill.unknown */
async function setCircles(
  transaction: Transaction,
  kind: CircleKind,
  operatorId: string,
  given: readonly string[],
): Promise<void> {
  const { organizationId } = transaction
  const { members, key, unknown } = circles[kind]
  const ids = [...new Set(given)]
  await transaction.query({
    text: `delete from ${members} where organization_id = $1 and operator_id = $2 and ${key} <> all ($3)`,
    values: [organizationId, operatorId, ids],
  })
  const found = await transaction.query({
    text: `with known as (select id from ${kind} where organization_id = $1 and id = any ($3) and deleted_at is null),
        added as (insert into ${members} (organization_id, ${key}, operator_id) select $1, id, $2 from known
          on conflict do nothing)
      select id from known`,
    values: [organizationId, operatorId, ids],
  })
  if (found.length < ids.length) throw new Failure(unknown)
}

/**
 * Gives a colleague another role. What sessions are remembered as may do lasts less than two seconds
 * (`operators/access.ts`), so that nothing else must be told.
 *
 * @throws Failure operator.unknown, operator.protected, role.unknown, role.beyond
 */
export async function setRole(
  context: TeamContext,
  proof: TeamProof,
  operatorId: string,
  roleId: string,
): Promise<void> {
  const { organizationId } = proof
  await changeRoles(context.database, proof, async (change) => {
    const { transaction } = change
    await requireColleague(change, operatorId)
    await requireGivable(change, roleId)
    await transaction.query({
      text: 'update operators set role_id = $3, version = version + 1 where organization_id = $1 and id = $2',
      values: [organizationId, operatorId, roleId],
    })
  })
  tellMe(context, { organizationId, operatorId })
  tellOperators(context, { organizationId, operatorId })
}

/** @throws Failure operator.unknown, operator.protected */
export async function logOutColleague(
  context: TeamContext,
  proof: TeamProof,
  operatorId: string,
): Promise<void> {
  const { organizationId } = proof
  const ended = await changeRoles(context.database, proof, async (change) => {
    const { transaction } = change
    await requireColleague(change, operatorId)
    return endSessionsOf(transaction, operatorId)
  })
  tellEnded(context, organizationId, ended)
}
