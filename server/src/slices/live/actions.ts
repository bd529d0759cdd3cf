import type { Database } from '../../platform/db/database.ts'

export type Subject = { organizationId: string; kind: 'operator' | 'contact'; id: string }

export type PresenceContext = {
  database: Database
  /** The process whose lease these connections live by. */
  processId: string
  /** Told when someone may have come or gone. */
  publish: (subject: Subject) => void
  /** Told when someone's line has come up, or has stayed cut for longer than the grace. */
  came: (subject: Subject) => void
  left: (subject: Subject) => void
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
  context.publish(subject)
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
  context.publish(subject)
  context.left(subject)
}
