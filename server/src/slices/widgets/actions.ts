import { randomUUID } from 'node:crypto'
import type { BodyOf } from '@foyer/contract/route.ts'
import type { updateWidget as updateRoute, Widget } from '@foyer/contract/widgets.ts'
import { randomKey } from '../../platform/crypto.ts'
import type { Database, Transaction } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { WidgetEditor } from './access.ts'
import { asSite, isSite, wrongHours } from './model.ts'
import { widgetsStatement } from './reads.ts'

/** The widget every organization begins with, under the organization's name. */
export async function createFirstWidget(
  transaction: Transaction,
  options: { name: string; locale: string },
): Promise<void> {
  await transaction.query({
    text: 'insert into widgets (organization_id, id, key, name, locale) values ($1, $2, $3, $4, $5)',
    values: [transaction.organizationId, randomUUID(), randomKey(16), options.name, options.locale],
  })
}

/** Changes a widget as a whole. @throws Failure widget.unknown, widget.routing_incomplete, widget.sites_invalid, widget.hours_invalid, group.unknown, skill.unknown, operator.unknown */
export async function updateWidget(
  { database }: { database: Database },
  proof: WidgetEditor,
  given: BodyOf<typeof updateRoute>,
): Promise<Widget> {
  const { organizationId } = proof
  const { routing } = given
  const { welcome, away, waiting, silent } = given.texts
  const sites = given.allowedSites.map((site) => asSite(site.replace(/\/$/, '')))
  const wrong = sites.filter((site) => !isSite(site))
  if (wrong.length > 0) throw new Failure('widget.sites_invalid', { sites: wrong })
  const inHours = given.hours ? wrongHours(given.hours) : []
  if (inHours.length > 0) throw new Failure('widget.hours_invalid', { fields: inHours })
  if (given.hours && !(await isZoneOfDatabase(database, given.hours.zone)))
    throw new Failure('widget.hours_invalid', { fields: ['zone'] })
  const groupId = routing === 'group' ? given.groupId : null
  const operatorId = routing === 'operator' ? given.operatorId : null
  const skillIds = routing === 'skills' ? [...new Set(given.skillIds)] : []
  const groupIds = routing === 'choice' ? [...new Set(given.groupIds)] : []
  const isIncomplete =
    (routing === 'group' && !groupId) ||
    (routing === 'operator' && !operatorId) ||
    (routing === 'choice' && groupIds.length === 0) ||
    (routing === 'skills' && skillIds.length === 0)
  if (isIncomplete) throw new Failure('widget.routing_incomplete')
  return database.within(organizationId, async (transaction) => {
    const there = async (text: string, ids: readonly (string | null)[]) => {
      const wanted = ids.filter((each) => each !== null)
      const rows = await transaction.query({ text, values: [organizationId, wanted] })
      return rows.length === wanted.length
    }
    const living = 'where organization_id = $1 and id = any ($2)'
    if (
      !(await there(`select id from groups ${living} and deleted_at is null`, groupId ? [groupId] : groupIds))
    )
      throw new Failure('group.unknown')
    if (!(await there(`select id from skills ${living} and deleted_at is null`, skillIds)))
      throw new Failure('skill.unknown')
    if (!(await there(`select id from operators ${living} and deactivated_at is null`, [operatorId])))
      throw new Failure('operator.unknown')
    const changed = await transaction.query({
      text: `update widgets set name = $3, locale = $4, color = $5, allowed_sites = $6, routing = $7, group_id = $8,
          operator_id = $9, live_minutes = $10, mail_minutes = $11, hours = $12, texts = $13,
          privacy = $14, follow_up_texts = $15, waiting_minutes = $16, silent_minutes = $17,
          media = coalesce($18, media), version = version + 1
        where organization_id = $1 and id = $2 returning id`,
      values: [
        organizationId,
        given.id,
        given.name,
        given.locale,
        given.color,
        sites,
        routing,
        groupId,
        operatorId,
        given.liveMinutes,
        given.mailMinutes,
        given.hours && JSON.stringify(given.hours),
        JSON.stringify({ welcome, away }),
        given.privacy && JSON.stringify(given.privacy),
        JSON.stringify({ waiting, silent }),
        given.waitingMinutes,
        given.silentMinutes,
        given.media ? JSON.stringify(given.media) : null,
      ],
    })
    if (changed.length === 0) throw new Failure('widget.unknown')
    await transaction.query({
      text: 'delete from widget_skills where organization_id = $1 and widget_id = $2 and skill_id <> all ($3)',
      values: [organizationId, given.id, skillIds],
    })
    await transaction.query({
      text: `insert into widget_skills (organization_id, widget_id, skill_id) select $1, $2, unnest($3::uuid[])
        on conflict do nothing`,
      values: [organizationId, given.id, skillIds],
    })
    await transaction.query({
      text: 'delete from widget_groups where organization_id = $1 and widget_id = $2',
      values: [organizationId, given.id],
    })
    await transaction.query({
      text: `insert into widget_groups (organization_id, widget_id, group_id, place)
        select $1, $2, g.id, g.place from unnest($3::uuid[]) with ordinality g (id, place)`,
      values: [organizationId, given.id, groupIds],
    })
    const [widget] = await transaction.query<Widget>(widgetsStatement(organizationId, given.id))
    return widget as Widget
  })
}

/** Whether the database knows a zone: its list and ours have other names in them, and both reckon by them. */
async function isZoneOfDatabase(database: Database, zone: string): Promise<boolean> {
  const rows = await database.run({
    text: 'select from pg_timezone_names where lower(name) = lower($1) limit 1',
    values: [zone],
  })
  return rows.length > 0
}
