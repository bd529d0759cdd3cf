import { randomUUID } from 'node:crypto'
import type { Transaction } from '../db/database.ts'

export type JobDraft = {
  kind: string
  /** Ids only, never content. */
  payload: Record<string, unknown>
  /** Jobs of one lane are worked in the order they were enqueued, one at a time. */
  lane?: string
  /** Seconds from now. */
  delay?: number
}

/** Writes a job in the transaction that gives the reason for it; a worker takes it after the commit. Answers its id. */
export async function enqueue(transaction: Transaction, job: JobDraft): Promise<string> {
  const id = randomUUID()
  await transaction.query({
    name: 'enqueue_job',
    text: `insert into jobs (organization_id, id, kind, lane, payload, due_at)
           values ($1, $2, $3, $4, $5, clock_now() + make_interval(secs => $6))`,
    values: [
      transaction.organizationId,
      id,
      job.kind,
      job.lane ?? null,
      JSON.stringify(job.payload),
      job.delay ?? 0,
    ],
  })
  return id
}
