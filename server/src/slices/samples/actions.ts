import { randomUUID } from 'node:crypto'
import type { SampleStatus } from '@foyer/contract/organizations.ts'
import type { Publish } from '../../platform/changes.ts'
import type { Transaction } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Job } from '../../platform/jobs/worker.ts'
import { type AccessContext, readHead } from '../conversations/access.ts'
import type { HeadRow } from '../conversations/shapes.ts'
import type { SampleProof } from './access.ts'
import { sampleContacts, sampleOperators } from './content.ts'
import { type Cast, judge, play, stage } from './model.ts'
import type { Colleague } from './shapes.ts'
import {
  contactStatement,
  conversationsStatement,
  entriesStatement,
  operatorsStatement,
  type Released,
  releaseStatement,
  statusStatement,
} from './statements.ts'

export type SampleContext = AccessContext & {
  changes: { publish: Publish<'sample' | 'operators'> }
  /** Tells of a conversation that is not of the samples and has lost its made-up assignee. */
  publishHead: (head: HeadRow, before: { assigneeId: string | null }) => void
  /** There is work for whoever is idle. */
  wakeWorkers: () => void
}

/** Contacts of one batch, with all their conversations. */
const batchSize = 5

type Creation = { operatorId: string; startedAt: number; from: number }
type Removal = { total: number }

/** @throws Failure sample.working */
export function createSample(context: SampleContext, proof: SampleProof): Promise<SampleStatus> {
  return begin(context, proof, 'create', (transaction) => beginCreation(transaction, proof.operatorId))
}

/** @throws Failure sample.working */
export function removeSample(context: SampleContext, proof: SampleProof): Promise<SampleStatus> {
  return begin(context, proof, 'remove', async (transaction) => {
    // From now on nothing can be assigned to them.
    await transaction.query({
      text: `update operators set deactivated_at = clock_now(), version = version + 1
             where organization_id = $1 and sample and deactivated_at is null`,
      values: [proof.organizationId],
    })
    const [row] = await transaction.query<{ total: number }>({
      text: 'select count(*) as total from contacts where organization_id = $1 and sample',
      values: [proof.organizationId],
    })
    const payload = { total: row?.total ?? 0 } satisfies Removal
    await enqueue(transaction, { kind: 'samples.remove', payload })
    return setStatus(transaction, { state: 'removing', progress: 0 })
  })
}

/** Notes that sample data comes, and leaves the work behind. The operator is who `me` is in the scripts. */
export async function beginCreation(transaction: Transaction, operatorId: string): Promise<number> {
  const [row] = await transaction.query<{ now: string }>({ text: 'select clock_now() as now' })
  const payload = { operatorId, startedAt: Date.parse(row?.now ?? ''), from: 0 } satisfies Creation
  await enqueue(transaction, { kind: 'samples.create', payload })
  return setStatus(transaction, { state: 'creating', progress: 0 })
}

async function begin(
  context: SampleContext,
  { organizationId }: SampleProof,
  asked: 'create' | 'remove',
  start: (transaction: Transaction) => Promise<number>,
): Promise<SampleStatus> {
  const { status, version } = await context.database.within(organizationId, async (transaction) => {
    const [now] = await transaction.query<SampleStatus & { is_worked_on: boolean }>({
      text: `select sample_state as state, sample_progress as progress, exists (
               select from jobs where organization_id = $1 and kind like 'samples.%' and dead_at is null) as is_worked_on
             from organizations where id = $1 for update`,
      values: [organizationId],
    })
    if (!now) throw new Error('The organization of a living session is gone.')
    const { is_worked_on: isWorkedOn, ...status } = now
    const verdict = judge({ state: status.state, isWorkedOn }, asked)
    if (verdict === 'sample.working') throw new Failure('sample.working')
    if (verdict === 'nothing') return { status, version: null }
    const version = await start(transaction)
    const state: SampleStatus['state'] = asked === 'create' ? 'creating' : 'removing'
    return { status: { state, progress: 0 }, version }
  })
  if (version !== null) {
    tell(context, organizationId, version)
    if (asked === 'remove') tellOperators(context, organizationId, version)
    context.wakeWorkers()
  }
  return status
}

/** Creates the next few contacts and what they wrote; the first batch brings the colleagues. */
export async function createBatch(context: SampleContext, job: Job): Promise<void> {
  const { operatorId, startedAt, from } = job.payload as Creation
  const { organizationId } = job
  const to = Math.min(from + batchSize, sampleContacts.length)
  const version = await context.database.within(organizationId, async (transaction) => {
    if (from === 0) await transaction.query(operatorsStatement(organizationId, sampleOperators))
    const setting = await readSetting(transaction, operatorId)
    for (const contact of sampleContacts.slice(from, to)) {
      const cast = { ...setting, organizationId, contactId: randomUUID(), identityId: randomUUID() }
      const played = contact.scripts.map((script) => {
        const own: Cast = { ...cast, conversationId: randomUUID() }
        return play(stage(script, own, startedAt), own, randomUUID)
      })
      const createdAt = played.map(({ head }) => head.created_at).sort()[0]
      await transaction.query(contactStatement(cast, contact, createdAt ?? ''))
      await transaction.query(conversationsStatement(played.map(({ head }) => head)))
      for (const { head, entries } of played) await transaction.query(entriesStatement(head, entries))
    }
    const isDone = to === sampleContacts.length
    if (!isDone) {
      const payload = { operatorId, startedAt, from: to } satisfies Creation
      await enqueue(transaction, { kind: job.kind, payload })
    }
    const version = await setStatus(
      transaction,
      isDone
        ? { state: 'present', progress: 1 }
        : { state: 'creating', progress: to / sampleContacts.length },
    )
    await job.complete(transaction)
    return version
  })
  tell(context, organizationId, version)
  if (from === 0) tellOperators(context, organizationId, version)
}

/** Who plays along, and where. */
async function readSetting(
  transaction: Transaction,
  operatorId: string,
): Promise<Pick<Cast, 'widgetId' | 'operators'>> {
  const { organizationId } = transaction
  const [widget] = await transaction.query<{ id: string }>({
    text: 'select id from widgets where organization_id = $1 order by created_at, id limit 1',
    values: [organizationId],
  })
  const people = await transaction.query<{ id: string; email: string; name: string }>({
    text: `select id, email, coalesce(alias, name) as name from operators
           where organization_id = $1 and (sample or id = $2)`,
    values: [organizationId, operatorId],
  })
  const me = people.find(({ id }) => id === operatorId)
  if (!widget || !me) throw new Error('Sample data needs a widget, and the operator who asked for it.')
  const colleague = (key: Colleague) => {
    const found = people.find(({ email }) => email.startsWith(`${key}@`))
    if (!found) throw new Error('A colleague of the sample data is missing.')
    return found
  }
  return {
    widgetId: widget.id,
    operators: {
      me,
      amelie: colleague('amelie'),
      jonas: colleague('jonas'),
      priya: colleague('priya'),
      tom: colleague('tom'),
    },
  }
}

/** Erases the next few contacts; with the last of them go the colleagues. */
export async function removeBatch(context: SampleContext, job: Job): Promise<void> {
  const { total } = job.payload as Removal
  const { organizationId } = job
  const { version, released } = await context.database.within(organizationId, async (transaction) => {
    const released = await transaction.query<Released>(releaseStatement(organizationId))
    const contacts = await transaction.query<{ id: string }>({
      text: 'select id from contacts where organization_id = $1 and sample order by id limit $2',
      values: [organizationId, batchSize],
    })
    for (const { id } of contacts)
      await transaction.query({ text: 'select erase_contact($1, $2)', values: [organizationId, id] })
    const [row] = await transaction.query<{ left: number }>({
      text: 'select count(*) as left from contacts where organization_id = $1 and sample',
      values: [organizationId],
    })
    const left = row?.left ?? 0
    const progress = total > 0 ? Math.max(0, 1 - left / total) : 1
    if (left > 0) await enqueue(transaction, { kind: job.kind, payload: job.payload })
    else {
      await transaction.query({
        text: 'delete from operators where organization_id = $1 and sample',
        values: [organizationId],
      })
    }
    const version = await setStatus(
      transaction,
      left > 0 ? { state: 'removing', progress } : { state: 'absent', progress: 0 },
    )
    await job.complete(transaction)
    return { version, released }
  })
  for (const { id, assignee_id } of released) {
    const head = await readHead(context, organizationId, id)
    if (head) context.publishHead(head, { assigneeId: assignee_id })
  }
  tell(context, organizationId, version)
  tellOperators(context, organizationId, version)
}

async function setStatus(transaction: Transaction, status: SampleStatus): Promise<number> {
  const [row] = await transaction.query<{ version: number }>(
    statusStatement(transaction.organizationId, status),
  )
  return row?.version ?? 0
}

/** Sample data brings and takes much that is not told of one by one. */
function tell({ changes }: SampleContext, organizationId: string, version: number): void {
  changes.publish({ what: 'sample', to: 'operators', organizationId, version })
}

/** Made-up colleagues have come, or gone. */
function tellOperators({ changes }: SampleContext, organizationId: string, version: number): void {
  changes.publish({ what: 'operators', to: 'operators', organizationId, version })
}
