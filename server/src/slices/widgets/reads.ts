import type { MessengerConfig } from '@foyer/contract/messenger.ts'
import type { Widget } from '@foyer/contract/widgets.ts'
import type { Database, Statement } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { OperatorProof } from '../operators/access.ts'
import { isAnyOperatorAvailable } from '../operators/reads.ts'
import type { WidgetProof } from './access.ts'

type Context = { database: Database }

export async function listWidgets({ database }: Context, proof: OperatorProof): Promise<Widget[]> {
  return database.read<Widget>(proof.organizationId, widgetsStatement(proof.organizationId, null))
}

/** All widgets, or one. */
export function widgetsStatement(organizationId: string, id: string | null): Statement {
  return {
    text: `select w.id, w.key, w.name, w.locale, w.color, w.allowed_sites as "allowedSites", w.routing,
             w.group_id as "groupId", w.operator_id as "operatorId", w.live_minutes as "liveMinutes", w.version,
             coalesce((select json_agg(k.skill_id order by k.skill_id) from widget_skills k
               where k.organization_id = $1 and k.widget_id = w.id), '[]') as "skillIds"
           from widgets w where w.organization_id = $1 and ($2::uuid is null or w.id = $2) order by w.created_at, w.id`,
    values: [organizationId, id],
  }
}

/** What the messenger shows before anyone has written. */
export async function readMessengerConfig(context: Context, proof: WidgetProof): Promise<MessengerConfig> {
  const [[row], available] = await Promise.all([
    context.database.read<Omit<MessengerConfig, 'available'>>(proof.organizationId, {
      name: 'read_messenger_config',
      text: 'select name, locale, color from widgets where organization_id = $1 and id = $2',
      values: [proof.organizationId, proof.widgetId],
    }),
    isAnyOperatorAvailable(context, proof.organizationId),
  ])
  if (!row) throw new Failure('widget.unknown')
  return { ...row, available }
}

/** Key of the widget that the demo's shop carries; `null` before the installation is set up. */
export async function readDemoWidgetKey({ database }: Context): Promise<string | null> {
  const [row] = await database.run<{ key: string | null }>({
    name: 'demo_widget_key',
    text: 'select demo_widget_key() as key',
  })
  return row?.key ?? null
}
