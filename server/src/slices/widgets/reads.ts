import type { Hours } from '@foyer/contract/hours.ts'
import type { MessengerConfig } from '@foyer/contract/messenger.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import type { AutomaticTexts, Widget } from '@foyer/contract/widgets.ts'
import type { Database, Statement } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import { createMemory, type Reading } from '../../platform/memory.ts'
import type { OperatorProof } from '../operators/access.ts'
import { listFaces, readAvailability } from '../operators/reads.ts'
import type { WidgetProof } from './access.ts'
import { serviceAt } from './model.ts'

type Context = { database: Database }

/** Every kind of text is there, if only with no language. */
const textsOf = `'{"welcome": {}, "away": {}}'::jsonb || w.texts`
const followUpTextsOf = `'{"waiting": {}, "silent": {}}'::jsonb || w.follow_up_texts`

export async function listWidgets({ database }: Context, proof: OperatorProof): Promise<Widget[]> {
  return database.read<Widget>(proof.organizationId, widgetsStatement(proof.organizationId, null))
}

/** All widgets, or one. */
export function widgetsStatement(organizationId: string, id: string | null): Statement {
  return {
    text: `select w.id, w.key, w.name, w.locale, w.color, w.allowed_sites as "allowedSites", w.routing,
             w.group_id as "groupId", w.operator_id as "operatorId", w.live_minutes as "liveMinutes", w.hours,
             ${textsOf} || ${followUpTextsOf} as texts, w.privacy, w.mail_minutes as "mailMinutes",
             w.waiting_minutes as "waitingMinutes", w.silent_minutes as "silentMinutes", w.media, w.version,
             coalesce((select json_agg(g.group_id order by g.place, g.group_id) from widget_groups g
               where g.organization_id = $1 and g.widget_id = w.id), '[]') as "groupIds",
             coalesce((select json_agg(k.skill_id order by k.skill_id) from widget_skills k
               where k.organization_id = $1 and k.widget_id = w.id), '[]') as "skillIds"
           from widgets w where w.organization_id = $1 and ($2::uuid is null or w.id = $2) order by w.created_at, w.id`,
    values: [organizationId, id],
  }
}

/** What messengers are shown before anyone has written: asked for by every page, so it is kept here until it changes. */
export type MessengerConfigs = {
  /** @throws Failure widget.unknown */
  read(proof: WidgetProof): Promise<MessengerConfig>
  /** Drops what is kept of an organization, because a widget, or what it offers, has changed. */
  forget(organizationId: string): void
  /** Drops whether somebody is there. */
  forgetAvailable(organizationId: string): void
}

type Availability = Pick<MessengerConfig, 'available' | 'free'>

/** Notices may be lost, and who is there may be so without one: what was read is believed for no longer than this. */
const keepMs = 60_000
const keepAvailableMs = 1_000

export function createMessengerConfigs(context: Context): MessengerConfigs {
  const configs = createMemory<Omit<MessengerConfig, keyof Availability>>(1_000)
  const availabilities = createMemory<Availability>(1_000)
  return {
    async read(proof) {
      const { organizationId, widgetId } = proof
      const [config, availability] = await Promise.all([
        configs.get(`${organizationId}/${widgetId}`, () => readConfig(context, proof)),
        availabilities.get(organizationId, async () => ({
          value: await readAvailability(context, organizationId),
          ms: keepAvailableMs,
        })),
      ])
      return { ...config, ...availability }
    },
    forget: (organizationId) => configs.forget(organizationId),
    forgetAvailable: (organizationId) => availabilities.forget(organizationId),
  }
}

async function readConfig(
  context: Context,
  proof: WidgetProof,
): Promise<Reading<Omit<MessengerConfig, keyof Availability>>> {
  const [[row], team] = await Promise.all([
    context.database.read<
      Omit<MessengerConfig, keyof Availability | 'team' | 'service'> & { hours: Hours | null; now: string }
    >(proof.organizationId, {
      name: 'read_messenger_config',
      text: `select w.name, w.locale, w.color, w.mail_minutes is not null as mails, w.hours, ${textsOf} as texts, w.privacy,
        case when (w.media->>'contacts')::boolean then w.media->'kinds' end as files, usual_reply(w.organization_id, w.id) as "replySeconds", clock_now() as now, case when w.routing = 'choice' then coalesce((
        select json_agg(json_build_object('id', g.id, 'name', g.name) order by o.place, g.id)
        from widget_groups o join groups g on g.organization_id = o.organization_id and g.id = o.group_id
        where o.organization_id = $1 and o.widget_id = w.id and g.deleted_at is null), '[]') else '[]' end as groups
      from widgets w where w.organization_id = $1 and w.id = $2`,
      values: [proof.organizationId, proof.widgetId],
    }),
    listFaces(context, proof.organizationId),
  ])
  if (!row) throw new Failure('widget.unknown')
  const { hours, now: at, ...config } = row
  const now = Date.parse(at)
  const service = hours && serviceAt(hours, now)
  return {
    value: { ...config, team, service: service && toService(service) },
    ms: Math.min(keepMs, (service?.changesAt ?? Number.POSITIVE_INFINITY) - now),
  }
}

function toService({ open, changesAt }: ReturnType<typeof serviceAt>): MessengerConfig['service'] {
  return { open, changesAt: changesAt === null ? null : new Date(changesAt).toISOString() }
}

/** That a widget offers a group to its contacts. @throws Failure group.unknown */
export async function requireOffered(
  { database }: Context,
  proof: WidgetProof,
  groupId: string,
): Promise<void> {
  const rows = await database.read(proof.organizationId, {
    name: 'offered_group',
    text: `select from widgets w join widget_groups g on g.organization_id = w.organization_id and g.widget_id = w.id
      where w.organization_id = $1 and w.id = $2 and w.routing = 'choice' and g.group_id = $3`,
    values: [proof.organizationId, proof.widgetId, groupId],
  })
  if (rows.length === 0) throw new Failure('group.unknown')
}

/** The widget that the demo's shop carries: its key, `null` before the installation is set up; its colour, if one was chosen. */
export async function readDemoWidget({
  database,
}: Context): Promise<{ key: string | null; color: string | null }> {
  const [row] = await database.run<{ key: string | null; color: string | null }>({
    name: 'demo_widget',
    text: 'select demo_widget_key() as key, demo_widget_color() as color',
  })
  return row ?? { key: null, color: null }
}

/** What a widget says by itself, and whether its service is open right now. */
export type Speech = { locale: Locale; texts: Pick<AutomaticTexts, 'welcome' | 'away'>; open: boolean }

/** @throws Failure widget.unknown */
export async function readSpeech(
  { database }: Context,
  { organizationId, widgetId }: { organizationId: string; widgetId: string },
): Promise<Speech> {
  const [row] = await database.read<Speech>(organizationId, {
    name: 'speech_of_widget',
    text: `select w.locale, ${textsOf} as texts, is_open(w.hours, clock_now()) as open
      from widgets w where w.organization_id = $1 and w.id = $2`,
    values: [organizationId, widgetId],
  })
  if (!row) throw new Failure('widget.unknown')
  return row
}
