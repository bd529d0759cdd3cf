import type { BodyOf } from '@foyer/contract/route.ts'
import type { SignSettings, updateSignSettings } from '@foyer/contract/signs.ts'
import type { Publish } from '../../platform/changes.ts'
import type { OperatorProof } from '../operators/access.ts'
import { completeSigns, tidySigns } from './model.ts'
import type { NotificationContext } from './reads.ts'

export type NotificationActionsContext = NotificationContext & {
  changes: { publish: Publish<'notifications' | 'signs'> }
}

/** Marks as read what concerns the operator, of one conversation or all. */
export async function readNotifications(
  { database, changes }: NotificationActionsContext,
  { organizationId, operatorId }: OperatorProof,
  { conversationId }: { conversationId?: string | undefined },
): Promise<void> {
  const rows = await database.read(organizationId, {
    name: 'read_notifications',
    text: `update notifications set read_at = clock_now()
      where organization_id = $1 and operator_id = $2 and read_at is null
        and ($3::uuid is null or conversation_id = $3) returning id`,
    values: [organizationId, operatorId, conversationId ?? null],
  })
  if (rows.length > 0) changes.publish({ what: 'notifications', to: { operatorId }, organizationId })
}

/** Changes how the operator wants to be told; what is not given stays. */
export async function changeSigns(
  { database, changes }: NotificationActionsContext,
  { organizationId, operatorId }: OperatorProof,
  change: BodyOf<typeof updateSignSettings>,
): Promise<SignSettings> {
  const [row] = await database.read<{ settings: Partial<SignSettings> }>(organizationId, {
    name: 'change_signs',
    text: `insert into sign_settings as s (organization_id, operator_id, settings) values ($1, $2, $3)
      on conflict (organization_id, operator_id) do update set settings = s.settings || excluded.settings
      returning settings`,
    values: [organizationId, operatorId, JSON.stringify(tidySigns(change))],
  })
  changes.publish({ what: 'signs', to: { operatorId }, organizationId })
  return completeSigns(row?.settings ?? {})
}
