import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import pg from 'pg'
import { openDatabase } from '../../server/src/platform/db/database.ts'
import { createHeadMemory } from '../../server/src/slices/conversations/access.ts'
import { writeMessage } from '../../server/src/slices/conversations/actions.ts'
import { listConversations } from '../../server/src/slices/conversations/reads.ts'
import { bySize } from '../faults/fault.ts'
import { table } from '../stage/figures.ts'
import { filledIn, startKeptPostgres, startLoosePostgres } from '../stage/kept.ts'
import { describeMachine, machineLine } from '../stage/machine.ts'
import { type Filled, fillDatabase, wordOf } from './large-data.ts'
import { entriesEach } from './large-rule.ts'
import { type Bench, type Measure, short } from './measure.ts'

export const search: Measure = {
  name: 'search',
  title: 'searching all that was said, and what a write pays for it',
  async run(bench) {
    const conversations = bySize(bench.options.size, { test: 2_300, small: 100_000, full: 1_000_000 })
    await using acquired = new AsyncDisposableStack()
    const { keep } = bench.options
    const cluster = acquired.use(await (keep ? startKeptPostgres(keep) : startLoosePostgres()))
    const began = performance.now()
    const fill = () => fillDatabase(cluster.url, 'searched', conversations, bench.random)
    const filled = keep ? await filledIn(keep, cluster.url, conversations, fill) : await fill()
    bench.say(`filled in ${Math.round((performance.now() - began) / 1000)} s`)
    const rows: string[][] = []
    const tell = (name: string, value: string) => {
      rows.push([name, value])
      bench.tell(name, value)
    }
    tell('entries', String(conversations * entriesEach))
    const taken = filled.takenIn
    tell('taken into the index by the job', `${taken.perSecond} entries a second, over ${taken.seconds} s`)
    await askings(bench, filled, tell)
    await price(bench, filled, tell)
    const owner = new pg.Client({ connectionString: filled.url })
    await owner.connect()
    const { rows: sizes } = await owner.query<{ name: string; size: string }>(
      `select name, pg_size_pretty(pg_relation_size(name::regclass)) as size
       from unnest(array['entries', 'search_rows', 'search_rows_words', 'search_rows_pkey']) as name`,
    )
    await owner.end()
    for (const { name, size } of sizes) tell(`size of ${name}`, size)
    if (bench.options.size !== 'test') await writeReport(bench, rows)
  },
}

const common = ['order', 'delivery', 'please', 'thank', 'number', 'payment', 'account', 'address', 'morning']
const rounds = 60

type Tell = (name: string, value: string) => void

/**
 * Each kind of search as the product asks for its first page, with other words each time where there are others. Where
 * others work on the machine too, what PostgreSQL worked tells more than how long it took.
 */
async function askings(bench: Bench, filled: Filled, tell: Tell): Promise<void> {
  const database = openDatabase({ url: filled.url, size: 1, onIdleError: () => undefined })
  const [backend] = await database.run<{ pid: number }>({ text: 'select pg_backend_pid() as pid' })
  const context = { database, epoch: randomUUID() }
  const { organizationId, operatorId } = filled
  const pick = () => bench.random.pick(common)
  const kinds: Record<string, () => string> = {
    'a rare word': () => 'quokka',
    'a word of few': () => wordOf(18_000 + Math.floor(bench.random.next() * 2_000)),
    'a common word': pick,
    'two common words': () => `${pick()} ${pick()}`,
    'three common words': () => `${pick()} ${pick()} ${pick()}`,
    'a common and a rare word': () => `${pick()} quokka`,
    'a common word and one that never stands with it': () => `${pick()} zebra`,
    'a short beginning': () => pick().slice(0, 2),
    'a phrase of common words': () => `"${pick()} ${pick()}"`,
    'a name': () => `contact ${Math.floor(bench.random.next() * 1_000)}`,
  }
  for (const [name, words] of Object.entries(kinds)) {
    const times: number[] = []
    const pages: number[] = []
    let worked = 0
    for (let count = -5; count < rounds; count++) {
      if (count === 0) worked = await workOf(backend?.pid)
      const began = performance.now()
      await listConversations(context, { organizationId, operatorId } as never, {
        list: 'all',
        limit: 30,
        search: words(),
      })
      if (count >= 0) times.push(performance.now() - began)
    }
    for (let count = 0; count < 10; count++) pages.push(await pagesOf(filled, words()))
    const [p50, p95] = [0.5, 0.95].map((share) => short(at(times, share))) as [number, number]
    const each = short(((await workOf(backend?.pid)) - worked) / rounds)
    tell(
      `${name}, p50 / p95`,
      `${p50} / ${p95} ms${each > 0 ? `, of it work ${each} ms` : ''}; pages ${at(pages, 0.5)}, at most ${Math.max(...pages)}`,
    )
    if (['a rare word', 'a common word', 'two common words'].includes(name))
      bench.aim(`${name}, p95`, p95, { atMost: 150, unit: 'ms' })
  }
  await database.close()
}

/** Pages of the database that a first page of a search touches, which do not depend on what else the machine does. */
async function pagesOf({ url, organizationId }: Filled, words: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`select set_config('foyer.organization', $1, false)`, [organizationId])
    const asked = `select * from search_conversations(${client.escapeLiteral(words)}, null, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 30)`
    // What a connection reads of the catalogue the first time is not the search's.
    await client.query(asked)
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
      `explain (analyze, buffers, format json) ${asked}`,
    )
    const plan = rows[0]?.['QUERY PLAN'][0].Plan ?? {}
    return (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0)
  } finally {
    await client.end()
  }
}

/** Milliseconds of a processor that a process has worked, by ten; 0 where the system does not tell. */
async function workOf(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const [, after = ''] = stat.split(') ')
  const [user = 0, system = 0] = after.split(' ').slice(11, 13).map(Number)
  return (user + system) * 10
}

/** What a message costs that is taken into the index, beside one that is not, in turns. */
async function price(bench: Bench, filled: Filled, tell: Tell): Promise<void> {
  const database = openDatabase({ url: filled.url, size: 2, onIdleError: () => undefined })
  const owner = new pg.Client({ connectionString: filled.url })
  await owner.connect()
  const { organizationId } = filled
  const writing = {
    database,
    epoch: randomUUID(),
    heads: createHeadMemory(100),
    publish: () => undefined,
    freed: () => undefined,
  }
  const times = { with: [] as number[], without: [] as number[] }
  for (let turn = -1; turn < 12; turn++) {
    for (const way of ['with', 'without'] as const) {
      await owner.query(`alter table entries ${way === 'with' ? 'enable' : 'disable'} trigger search_entry`)
      for (let count = 0; count < 40; count++) {
        const conversationId = filled.conversationId(
          1 + Math.floor(bench.random.next() * filled.conversations),
        )
        const contact = { organizationId, contactId: randomUUID(), identityId: null }
        const text = `Where is my order ${count}? I have been waiting for its delivery, thank you`
        const began = performance.now()
        await writeMessage(writing, { organizationId, conversationId, contact } as never, {
          id: randomUUID(),
          text,
        })
        if (turn >= 0) times[way].push(performance.now() - began)
      }
    }
  }
  await owner.query('alter table entries enable trigger search_entry')
  for (const way of ['with', 'without'] as const)
    tell(
      `a message written ${way} the index, p50 / p95`,
      `${short(at(times[way], 0.5))} / ${short(at(times[way], 0.95))} ms`,
    )
  await owner.end()
  await database.close()
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

async function writeReport(bench: Bench, rows: string[][]): Promise<void> {
  const machine = describeMachine()
  const text = `# Search

${machine.date}, size ${bench.options.size}, seed ${bench.options.seed}. ${machineLine(machine)}.

Asked as the product asks for a first page of thirty, one after the other, on a machine that had other work at the same
time. Common words stand in about a third of all entries each. Pages are the buffers that PostgreSQL touches (8 KB each), of
ten searches.${bench.options.keep ? ' The database was filled before, by --keep; how fast the job is was measured then.' : ''}

${table(['figure', 'value'], rows)}
`
  await writeFile(new URL(`../reports/search.md`, import.meta.url), text)
}
