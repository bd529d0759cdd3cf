import type { Bus } from '../../platform/bus/bus.ts'
import type { Database } from '../../platform/db/database.ts'

/** As many conversations of an organization are told of again at most. */
const atMost = 5_000

/**
 * Tells again of conversations touched since a moment: a process that died between commit and publish left its changes
 * unsaid. Whoever already has them drops them.
 */
export async function republish(context: { database: Database; bus: Bus }, since: Date): Promise<void> {
  type Row = {
    organization_id: string
    conversation_id: string
    seq: number
    public_seq: number
    contact_id: string
    assignee_id: string | null
  }
  const rows = await context.database.run<Row>({
    name: 'conversations_since',
    text: 'select * from conversations_since($1, $2)',
    values: [since.toISOString(), atMost],
  })
  for (const row of rows) {
    context.bus.publish('conversation', {
      o: row.organization_id,
      c: row.conversation_id,
      n: row.seq,
      p: row.public_seq,
      k: row.contact_id,
      a: row.assignee_id,
      // Who had it before is unknown: followers of the unassigned list hear of it in any case.
      b: null,
      public: true,
    })
  }
}
