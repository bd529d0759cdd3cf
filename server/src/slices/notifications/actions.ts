import type { OperatorProof } from '../operators/access.ts'
import type { NotificationContext } from './reads.ts'

export type NotificationActionsContext = NotificationContext & {
  /** Tells the operator's own screens that something of this changed. */
  notified: (organizationId: string, operatorId: string) => void
}

/** Marks as read what concerns the operator, of one conversation or all. */
export async function readNotifications(
  { database, notified }: NotificationActionsContext,
  operator: OperatorProof,
  { conversationId }: { conversationId?: string | undefined },
): Promise<void> {
  const rows = await database.read(operator.organizationId, {
    name: 'read_notifications',
    text: `update notifications set read_at = clock_now()
      where organization_id = $1 and operator_id = $2 and read_at is null
        and ($3::uuid is null or conversation_id = $3) returning id`,
    values: [operator.organizationId, operator.operatorId, conversationId ?? null],
  })
  if (rows.length > 0) notified(operator.organizationId, operator.operatorId)
}
