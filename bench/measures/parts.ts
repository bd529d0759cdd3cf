import { randomBytes, randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import pg from 'pg'
import { openDatabase } from '../../server/src/platform/db/database.ts'
import { migrate } from '../../server/src/platform/db/migrate.ts'
import { startScratchPostgres } from '../../server/src/platform/postgres/scratch.ts'
import {
  actorOf,
  type ConversationEvent,
  type Decision,
  decide,
} from '../../server/src/slices/conversations/model.ts'
import { decidable } from '../../server/src/slices/conversations/record.ts'
import type { ConversationRow } from '../../server/src/slices/conversations/shapes.ts'
import { recordStatement } from '../../server/src/slices/conversations/statements.ts'
import { createBuild } from '../../server/src/testing/build.ts'
import { bySize } from '../faults/fault.ts'
import { table } from '../stage/figures.ts'
import { describeMachine, machineLine } from '../stage/machine.ts'
import { type Measure, median } from './measure.ts'
import { type Part, partsOfWrite } from './write-parts.ts'

const text = 'Your parcel left our warehouse this morning and should arrive on Thursday.'
const conversations = 120
const warmUp = 60

/**
 * What each thing that hangs on a write costs: the same writes without it, against all of them, in a transaction that is not
 * kept. Counted is the processor's time of the connection's own process, which does not depend on who else uses the machine,
 * and the bytes that go to the log of the database. What the commit costs is the same for all.
 */
export const parts: Measure = {
  name: 'parts',
  title: 'what hangs on a write, each part by what a write costs without it',
  async run(bench) {
    const [rounds, writes] = bySize(bench.options.size, {
      test: [1, 120],
      small: [3, 240],
      full: [9, 240],
    } as const)
    await using scratch = await startScratchPostgres()
    const stage = await prepare(scratch.url)
    const client = new pg.Client({ connectionString: stage.url })
    await client.connect()
    const whole: Part = { name: 'a message, all in all', kind: '', remove: 'select' }
    const variants = [whole, ...(await partsOfWrite(client))].map((part) => ({ part, costs: [] as Cost[] }))
    const plain: Cost[] = []
    for (let round = 0; round < rounds; round++) {
      plain.push(await metered(client, whole, writes, () => plainInsert(client)))
      // The whole in between, for what the machine's clock does meanwhile is the same for both.
      for (const { part, costs } of variants)
        costs.push(await metered(client, part, writes, talking(client, stage)))
      bench.say(`round ${round + 1} of ${rounds}`)
    }
    await client.end()
    const all = typical(variants[0]?.costs ?? [])
    const rows = variants
      .slice(1)
      .map(({ part, costs }) => ({ part, cost: difference(all, typical(costs)) }))
      .sort((a, b) => b.cost.us - a.cost.us)
      .map(({ part, cost }) => [`${part.kind} ${part.name}`, cost] as const)
    const insert = typical(plain)
    const told = [['a plain one-row insert', insert], [whole.name, all], ...rows] as const
    for (const [name, cost] of told) bench.tell(name, printed(cost, all).join(', '))
    if (bench.options.size !== 'test') await report(told.map(([name, cost]) => [name, ...printed(cost, all)]))
  },
}

type Cost = { us: number; bytes: number }
type Prepared = { url: string; organizationId: string; operatorId: string }

function typical(costs: readonly Cost[]): Cost {
  return { us: median(costs.map(({ us }) => us)), bytes: median(costs.map(({ bytes }) => bytes)) }
}

function difference(all: Cost, without: Cost): Cost {
  return { us: all.us - without.us, bytes: all.bytes - without.bytes }
}

function printed({ us, bytes }: Cost, all: Cost): string[] {
  return [`${us.toFixed(0)} µs`, `${((us / all.us) * 100).toFixed(0)} %`, `${bytes.toFixed(0)} bytes`]
}

async function report(rows: string[][]): Promise<void> {
  const machine = describeMachine()
  const text = `# What hangs on a write

${machine.date}. ${machineLine(machine)}. Made by \`node bench/run.ts --only parts\`.

A contact asks, an operator answers and writes once more. Time of the database's processor and bytes of its log for one of
these messages, without the commit; below it what each part takes away when it is taken away. A few microseconds either way
are chance.

${table(['part', 'processor', 'share', 'log'], rows)}
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

async function asOwner(url: string, asked: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(asked)
  } finally {
    await client.end()
  }
}

/** What one of so many writes costs, without one part of it. */
async function metered(
  client: pg.Client,
  part: Part,
  writes: number,
  write: () => Promise<void>,
): Promise<Cost> {
  await client.query('vacuum analyze conversations, entries, plain_entries')
  await client.query('begin')
  try {
    await client.query(part.remove)
    await client.query('set local role foyer_app')
    for (let turn = 0; turn < warmUp; turn++) await write()
    const before = await spent(client)
    for (let turn = 0; turn < writes; turn++) await write()
    const after = await spent(client)
    return { us: (after.us - before.us) / writes, bytes: (after.bytes - before.bytes) / writes }
  } finally {
    await client.query('rollback')
  }
}

async function spent(client: pg.Client): Promise<Cost> {
  const { rows } = await client.query<{ pid: number; bytes: string }>(
    `select pg_backend_pid() as pid, pg_current_wal_insert_lsn() - '0/0' as bytes`,
  )
  const ran = await readFile(`/proc/${rows[0]?.pid}/schedstat`, 'utf8')
  return { us: Number(ran.split(' ')[0]) / 1000, bytes: Number(rows[0]?.bytes) }
}

/** A contact asks, the operator answers, and writes once more: in one conversation after the other. */
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
    const place = Math.floor(turn / said.length) % heads.length
    const head = heads[place] as ConversationRow
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
    const { rows } = await client.query<ConversationRow>(named(statement))
    if (!rows[0]) throw new Error('The head is not as was decided on.')
    heads[place] = rows[0]
  }
}

async function headsOf(client: pg.Client, organizationId: string): Promise<ConversationRow[]> {
  await client.query(`select set_config('foyer.organization', $1, true)`, [organizationId])
  return (await client.query<ConversationRow>('select * from conversations order by id')).rows
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
