import { randomBytes, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import pg from 'pg'
import { openDatabase } from '../../server/src/platform/db/database.ts'
import { migrate } from '../../server/src/platform/db/migrate.ts'
import { startScratchPostgres } from '../../server/src/platform/postgres/scratch.ts'
import { actorOf, type ConversationEvent, decide } from '../../server/src/slices/conversations/model.ts'
import { decidable } from '../../server/src/slices/conversations/record.ts'
import type { ConversationRow, Decision } from '../../server/src/slices/conversations/shapes.ts'
import { recordStatement } from '../../server/src/slices/conversations/statements.ts'
import { createBuild } from '../../server/src/testing/build.ts'
import { bySize } from '../faults/fault.ts'
import { asking } from '../stage/asking.ts'
import { table } from '../stage/figures.ts'
import { countInstructions } from '../stage/instructions.ts'
import { describeMachine, machineLine } from '../stage/machine.ts'
import { type Measure, median } from './measure.ts'
import { type Part, partsOfWrite } from './write-parts.ts'

const text = 'Your parcel left our warehouse this morning and should arrive on Thursday.'
/** As many as are written to: a row that its own transaction has made anew is looked at more closely than others are. */
const conversations = 300
const warmUp = 60

/**
 * What each thing that hangs on a write costs: the same writes without it, against all of them, in a transaction that is not
 * kept. Counted are the instructions that the connection's own process runs, and the bytes that go to the log of the
 * database; both hardly depend on who else uses the machine. What the commit costs is the same for all.
 */
export const parts: Measure = {
  name: 'parts',
  title: 'what hangs on a write, each part by what a write costs without it',
  async run(bench) {
    const [rounds, writes] = bySize(bench.options.size, {
      test: [1, 90],
      small: [1, 240],
      full: [3, 240],
    } as const)
    await using acquired = new AsyncDisposableStack()
    const scratch = acquired.use(await startScratchPostgres())
    const stage = await prepare(scratch.url)
    const client = new pg.Client({ connectionString: stage.url })
    await client.connect()
    acquired.defer(() => client.end())
    const whole: Part = { name: 'a message, all in all', kind: '', remove: 'select' }
    const variants = [whole, ...(await partsOfWrite(client))].map((part) => ({ part, costs: [] as Cost[] }))
    const plain: Cost[] = []
    for (let round = 0; round < rounds; round++) {
      plain.push(await metered(client, whole, writes, () => plainInsert(client)))
      for (const { part, costs } of variants)
        costs.push(await metered(client, part, writes, talking(client, stage)))
      bench.say(`round ${round + 1} of ${rounds}`)
    }
    const all = typical(variants[0]?.costs ?? [])
    const rows = variants
      .slice(1)
      .map(({ part, costs }) => ({ part, cost: difference(all, typical(costs)) }))
      .sort((a, b) => b.cost.instructions - a.cost.instructions)
      .map(({ part, cost }) => [`${part.kind} ${part.name}`, cost] as const)
    const insert = typical(plain)
    const told = [['a plain one-row insert', insert], [whole.name, all], ...rows] as const
    for (const [name, cost] of told) bench.tell(name, printed(cost, all).join(', '))
    if (bench.options.size !== 'test') await report(told.map(([name, cost]) => [name, ...printed(cost, all)]))
  },
}

type Cost = { instructions: number; bytes: number }
type Prepared = { url: string; organizationId: string; operatorId: string }

function typical(costs: readonly Cost[]): Cost {
  return {
    instructions: median(costs.map(({ instructions }) => instructions)),
    bytes: median(costs.map(({ bytes }) => bytes)),
  }
}

function difference(all: Cost, without: Cost): Cost {
  return { instructions: all.instructions - without.instructions, bytes: all.bytes - without.bytes }
}

function printed({ instructions, bytes }: Cost, all: Cost): string[] {
  const share = (instructions / all.instructions) * 100
  return [`${(instructions / 1000).toFixed(0)} k`, `${share.toFixed(1)} %`, `${bytes.toFixed(0)} bytes`]
}

async function report(rows: string[][]): Promise<void> {
  const machine = describeMachine()
  const text = `# What hangs on a write

${machine.date}. ${machineLine(machine)}. Made by \`node bench/run.ts --only parts\`.

A contact asks, an operator answers, an operator writes once more. Thousands of instructions of the database's process, and bytes of
its log, for one of these messages without its commit; below it how much less it is without each part. One per cent either way
is chance.

${table(['part', 'instructions', 'share', 'log'], rows)}
`
  await writeFile(new URL('../reports/write-parts.md', import.meta.url), text)
}

/** A database with conversations that an operator has answered. */
async function prepare(clusterUrl: string): Promise<Prepared> {
  const url = new URL(clusterUrl)
  url.pathname = '/parts'
  await asOwner(clusterUrl, `create database parts encoding 'UTF8' template template0`)
  await migrate(url.href, { allowUnsafe: true })
  await asOwner(url.href, 'alter database parts set synchronous_commit = off')
  const database = openDatabase({ url: url.href, size: 2, onIdleError: () => undefined })
  const build = createBuild(database, async () => '')
  const assignee = await build.operator()
  const { organizationId, id: operatorId } = assignee
  const widget = await build.widget({ organizationId })
  for (let count = 0; count < conversations; count++) {
    const contact = await build.contact({ organizationId })
    const talk = await build.conversation({ contact, widget, assignee })
    await build.happen(talk, { kind: 'operator_wrote', by: operatorId }, text)
    // Every third one waits for an answer.
    if (count % 3 === 1) await build.happen(talk, { kind: 'contact_wrote' }, text)
  }
  await database.close()
  await asOwner(
    url.href,
    `create table plain_entries (id uuid primary key, conversation_id uuid not null,
      seq bigint generated always as identity, at timestamptz not null default clock_timestamp(), text text not null);
    grant insert on plain_entries to foyer_app; grant usage on schema public to foyer_app`,
  )
  return { url: url.href, organizationId, operatorId }
}

const asOwner = (url: string, sql: string) => asking(url, (ask) => ask(sql))

/** What one of so many writes costs, without one part of it. */
async function metered(
  client: pg.Client,
  part: Part,
  writes: number,
  write: () => Promise<void>,
): Promise<Cost> {
  // All of them: rows of a round that was not kept would lie in the way of the next.
  await client.query('vacuum analyze')
  await client.query('begin')
  try {
    await client.query(part.remove)
    await client.query('set local role foyer_app')
    for (let turn = 0; turn < warmUp; turn++) await write()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const counting = await countInstructions(rows[0]?.pid ?? 0)
    const before = await logged(client)
    for (let turn = 0; turn < writes; turn++) await write()
    const bytes = (await logged(client)) - before
    return { instructions: (await counting.stop()) / writes, bytes: bytes / writes }
  } finally {
    await client.query('rollback')
  }
}

async function logged(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ at: string }>(`select pg_current_wal_insert_lsn() - '0/0' as at`)
  return Number(rows[0]?.at)
}

/** A contact asks, an operator answers, an operator writes once more: each in another conversation. */
function talking(client: pg.Client, { organizationId, operatorId: by }: Prepared): () => Promise<void> {
  const said: ConversationEvent[] = [
    { kind: 'contact_wrote' },
    { kind: 'operator_wrote', by },
    { kind: 'operator_wrote', by },
  ]
  let heads: ConversationRow[] | null = null
  let turn = 0
  return async () => {
    heads ??= await headsOf(client, organizationId)
    const head = heads[turn] as ConversationRow
    const event = said[turn++ % said.length] as ConversationEvent
    const decidedOn = decidable(head)
    const statement = recordStatement({
      organizationId,
      conversationId: head.id,
      decidedOn,
      decision: decide(decidedOn, event) as Decision,
      draft: { id: randomUUID(), routedId: randomUUID(), text, identityId: null },
      actor: actorOf(event, head.contact_id),
      hash: randomBytes(32),
    })
    const { rowCount } = await client.query(named(statement))
    if (rowCount !== 1) throw new Error('The head is not as was decided on.')
  }
}

async function headsOf(client: pg.Client, organizationId: string): Promise<ConversationRow[]> {
  await client.query(`select set_config('foyer.organization', $1, true)`, [organizationId])
  return (await client.query<ConversationRow>('select * from conversations order by created_at')).rows
}

async function plainInsert(client: pg.Client): Promise<void> {
  await client.query({
    name: 'plain',
    text: 'insert into plain_entries (id, conversation_id, text) values ($1, $2, $3)',
    values: [randomUUID(), randomUUID(), text],
  })
}

function named(statement: ReturnType<typeof recordStatement>): pg.QueryConfig {
  return { name: statement.name as string, text: statement.text, values: [...(statement.values ?? [])] }
}
