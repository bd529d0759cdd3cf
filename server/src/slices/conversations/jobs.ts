import type { Database } from '../../platform/db/database.ts'
import type { Chore } from '../../platform/jobs/chores.ts'
import type { Log } from '../../platform/log.ts'
import type { FollowUp } from '../widgets/model.ts'
import type { ConversationContext, Subject } from './access.ts'
import { comeDue, fillSlots, followUp, leaveBehind } from './actions.ts'
import type { ConversationNews } from './news.ts'
import type { Due, Target } from './shapes.ts'

type DueRow = { organization_id: string; conversation_id: string; due: Due }

const atMost = 200
/** Operators looked after in one run, should the event that would have filled their slots have been lost. */
const roomAtMost = 50
/** Somebody who is not there may be on their way to another process: only who is missed for as long has gone. */
const doubtMs = 16_000
/** Entries taken into the search's index in one transaction, and transactions before others have their turn. */
const takenAtOnce = 1_000
const takenInARow = 20

/**
 * The deadlines, and what heals when the event that should have acted was lost with its process. Every run of every worker
 * may come upon the same conversation: the statement that applies the decision looks at the database's clock itself.
 */
export function conversationChores(context: ConversationContext & { log: Log }): Chore[] {
  const missed = new Map<string, number>()

  async function settle(rows: readonly DueRow[]): Promise<void> {
    for (const row of rows) {
      const target = { organizationId: row.organization_id, conversationId: row.conversation_id }
      await trying(target, () => comeDue(context, target, row.due))
    }
  }

  /** One that fails does not keep the others waiting. */
  async function trying({ conversationId }: Target, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      context.log.warn('What is due with a conversation could not be done; it is tried again.', {
        error,
        conversationId,
      })
    }
  }

  return [
    {
      name: 'deadlines',
      everyMs: 1_000,
      async run() {
        const rows = await context.database.run<DueRow>({
          name: 'due_conversations',
          text: 'select * from due_conversations($1)',
          values: [atMost],
        })
        await settle(rows)
      },
    },
    {
      name: 'follow-ups',
      everyMs: 1_000,
      async run() {
        type Row = { organization_id: string; conversation_id: string; kind: FollowUp; since_seq: number }
        const rows = await context.database.run<Row>({
          name: 'due_follow_ups',
          text: 'select * from due_follow_ups($1)',
          values: [atMost],
        })
        for (const row of rows) {
          const target = { organizationId: row.organization_id, conversationId: row.conversation_id }
          await trying(target, () => followUp(context, { ...target, kind: row.kind, since: row.since_seq }))
        }
      },
    },
    {
      name: 'forsaken',
      everyMs: 2_000,
      async run() {
        const rows = await context.database.run<DueRow>({
          name: 'forsaken_conversations',
          text: 'select * from forsaken_conversations()',
        })
        const now = performance.now()
        const still = new Set(rows.map((row) => row.conversation_id))
        for (const id of missed.keys()) if (!still.has(id)) missed.delete(id)
        for (const id of still) if (!missed.has(id)) missed.set(id, now)
        await settle(rows.filter((row) => now - (missed.get(row.conversation_id) ?? now) >= doubtMs))
      },
    },
    {
      name: 'leavers',
      everyMs: 2_000,
      async run() {
        type Row = { organization_id: string; conversation_id: string; operator_id: string }
        const rows = await context.database.run<Row>({
          name: 'left_conversations',
          text: 'select * from left_conversations($1)',
          values: [atMost],
        })
        for (const row of rows) {
          const target = { organizationId: row.organization_id, conversationId: row.conversation_id }
          await leaveBehind(context, target, row.operator_id)
        }
      },
    },
    {
      name: 'search',
      everyMs: 500,
      async run() {
        for (let turn = 0; turn < takenInARow; turn++) {
          const [row] = await context.database.run<{ more: boolean }>({
            name: 'search_catch_up',
            text: 'select search_catch_up($1) as more',
            values: [takenAtOnce],
          })
          if (!row?.more) return
        }
      },
    },
    {
      name: 'room',
      everyMs: 5_000,
      async run() {
        const rows = await context.database.run<{ organization_id: string; operator_id: string }>({
          name: 'operators_with_room',
          text: 'select * from operators_with_room($1)',
          values: [roomAtMost],
        })
        for (const row of rows) await fillSlots(context, row.organization_id, row.operator_id)
      },
    },
  ]
}

/** Somebody is gone for good or turned the switch: their live conversations go on for later, at once. */
export async function settleGone(context: ConversationContext, gone: Subject): Promise<void> {
  const column = gone.kind === 'operator' ? 'assignee_id' : 'contact_id'
  const rows = await context.database.read<{ id: string }>(gone.organizationId, {
    name: `live_of_${gone.kind}`,
    text: `select id from conversations where organization_id = $1 and ${column} = $2 and live_since is not null`,
    values: [gone.organizationId, gone.id],
  })
  for (const row of rows) {
    const target = { organizationId: gone.organizationId, conversationId: row.id }
    await comeDue(context, target, gone.kind === 'operator' ? 'operator_gone' : 'contact_gone')
  }
}

/** As many conversations are told of again at most. */
const republishAtMost = 5_000

/**
 * Tells again of conversations touched since a moment: a process that died between commit and publish left its changes
 * unsaid.
 */
export async function republish(
  context: { database: Database; tellAgain: (news: ConversationNews) => void },
  since: Date,
): Promise<void> {
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
    values: [since.toISOString(), republishAtMost],
  })
  for (const row of rows) {
    context.tellAgain({
      organizationId: row.organization_id,
      conversationId: row.conversation_id,
      seq: row.seq,
      publicSeq: row.public_seq,
      contactId: row.contact_id,
      assigneeId: row.assignee_id,
      // Who had it before is unknown: followers of the unassigned list hear of it in any case.
      assigneeIdBefore: null,
      isPublic: true,
    })
  }
}
