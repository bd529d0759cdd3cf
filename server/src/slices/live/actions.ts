import type { Publish } from '../../platform/changes.ts'
import type { Database } from '../../platform/db/database.ts'
import type { ConversationPorts, Subject } from '../conversations/access.ts'

/** What writing down presence needs; `processId`: whose lease these connections live by. */
export type PresenceContext = Pick<ConversationPorts, 'came' | 'left'> & {
  database: Database
  changes: { publish: Publish }
  processId: string
}

/** Writes down that someone is connected. */
export async function connect(
  context: PresenceContext,
  connectionId: string,
  subject: Subject,
): Promise<void> {
  await context.database.read(subject.organizationId, {
    name: 'connect_presence',
    text: `insert into presence (connection_id, process_id, organization_id, subject_kind, subject_id)
      values ($1, $2, $3, $4, $5) on conflict (connection_id) do nothing`,
    values: [connectionId, context.processId, subject.organizationId, subject.kind, subject.id],
  })
  tellOf(context, subject)
  context.came(subject)
}

/** Takes the connection away again. */
export async function disconnect(
  context: PresenceContext,
  connectionId: string,
  subject: Subject,
): Promise<void> {
  await context.database.read(subject.organizationId, {
    name: 'disconnect_presence',
    text: 'delete from presence where organization_id = $1 and connection_id = $2',
    values: [subject.organizationId, connectionId],
  })
  tellOf(context, subject)
  context.left(subject)
}

/** Tells that somebody may have come or gone. */
export function tellOf({ changes }: Pick<PresenceContext, 'changes'>, subject: Subject): void {
  changes.publish({ what: 'presence', to: 'processes', ...subject })
}
