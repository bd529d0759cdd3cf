import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { type Database, openDatabase, type Statement } from '../../server/src/platform/db/database.ts'
import { startScratchPostgres } from '../../server/src/platform/postgres/scratch.ts'
import { createHeadMemory } from '../../server/src/slices/conversations/access.ts'
import { writeMessage } from '../../server/src/slices/conversations/actions.ts'
import * as reads from '../../server/src/slices/conversations/reads.ts'
import type { ListQuery } from '../../server/src/slices/conversations/statements.ts'
import { bySize } from '../faults/fault.ts'
import { summarize } from '../stage/figures.ts'
import { type Filled, fillDatabase } from './large-data.ts'
import { entriesEach } from './large-rule.ts'
import { type Bench, type Measure, median, short } from './measure.ts'
import { explain } from './plans.ts'

export const large: Measure = {
  name: 'large',
  title: 'an archive of years against one of weeks',
  async run(bench) {
    const [few, many] = bySize(bench.options.size, {
      test: [2_300, 5_000],
      small: [10_000, 100_000],
      full: [10_000, 1_000_000],
    } as const)
    // What is made up here may be lost, and is only read.
    process.env.FOYER_TEST_FSYNC = 'off'
    await using acquired = new AsyncDisposableStack()
    const cluster = acquired.use(await startScratchPostgres())
    delete process.env.FOYER_TEST_FSYNC
    const began = performance.now()
    const small = subject(await fillDatabase(cluster.url, 'few', few, bench.random))
    acquired.defer(small.close)
    const big = subject(await fillDatabase(cluster.url, 'many', many, bench.random))
    acquired.defer(big.close)
    bench.tell('conversations / entries', `${few} / ${few * entriesEach} and ${many} / ${many * entriesEach}`)
    bench.say(`filled in ${Math.round((performance.now() - began) / 1000)} s`)
    await compare(bench, small, big)
    await openLong(bench, big)
    if (bench.options.size !== 'test') await writePlans(big, many)
  },
}

type Subject = {
  filled: Filled
  /** What can be asked, each as the product asks it. */
  asks: Record<string, () => Promise<unknown>>
  /** The statements that a piece of work asks. */
  statementsOf(work: () => Promise<unknown>): Promise<Statement[]>
  close(): Promise<void>
}

const searches = {
  'search a rare word': 'quokka',
  'search a common word': 'delivery',
  'search two common words': 'payment problem',
}
const told = new Set(Object.keys(searches))

function subject(filled: Filled): Subject {
  const database = openDatabase({ url: filled.url, size: 4, onIdleError: () => undefined })
  const asked: Statement[] = []
  const listening: Database = {
    ...database,
    read: (organizationId, statement) => {
      asked.push(statement)
      return database.read(organizationId, statement)
    },
    run: (statement) => {
      asked.push(statement)
      return database.run(statement)
    },
  }
  const context = { database: listening, epoch: randomUUID() }
  const { organizationId } = filled
  // Proofs that are not earned: what is measured begins after them.
  const operator = { organizationId, operatorId: filled.operatorId } as never
  const writing = { ...context, heads: createHeadMemory(1), publish: () => undefined, freed: () => undefined }
  const anyone = () => filled.conversationId(1 + Math.floor(Math.random() * filled.conversations))
  const proofOf = (conversationId: string) => ({ organizationId, conversationId, operator }) as never
  const list = (query: Pick<ListQuery, 'list' | 'group' | 'search'>) =>
    reads.listConversations(context, operator, { limit: 30, ...query })
  const asks: Subject['asks'] = {
    'list mine': () => list({ list: 'mine' }),
    'list unassigned': () => list({ list: 'unassigned' }),
    'list of a group': () => list({ list: 'group', group: filled.groupId }),
    'list all': () => list({ list: 'all' }),
    counts: () => reads.countInbox(context, operator, filled.groupId),
    'open a conversation': () => reads.readPacket(context, proofOf(anyone()), null),
    'resume a conversation': () =>
      reads.readPacket(context, proofOf(anyone()), { after: entriesEach - 3, epoch: context.epoch }),
    'page of a conversation': () =>
      reads.readEntriesBefore(context, proofOf(anyone()), { before: 8, limit: 50 }),
    'record a message': () => {
      const conversationId = anyone()
      const contact = { organizationId, contactId: randomUUID(), identityId: null }
      const proof = { organizationId, conversationId, contact } as never
      return writeMessage(writing, proof, {
        id: randomUUID(),
        text: `Hello ${randomBytes(4).toString('hex')}`,
      })
    },
    ...Object.fromEntries(
      Object.entries(searches).map(([name, search]) => [name, () => list({ list: 'all', search })]),
    ),
  }
  return {
    filled,
    asks,
    async statementsOf(work) {
      asked.length = 0
      await work()
      return [...asked]
    },
    close: database.close,
  }
}

async function compare(bench: Bench, small: Subject, big: Subject): Promise<void> {
  const times = bySize(bench.options.size, { test: 20, small: 150, full: 400 })
  for (const name of Object.keys(small.asks)) {
    const few: number[] = []
    const many: number[] = []
    const rounds = told.has(name) ? 12 : times
    // In turns; the first quarter warms up, also PostgreSQL's choice between plans.
    for (let count = -Math.ceil(rounds / 4); count < rounds; count++) {
      const of = [await timed(small.asks[name]), await timed(big.asks[name])] as const
      if (count < 0) continue
      few.push(of[0])
      many.push(of[1])
    }
    const p99 = summarize(many).p99
    bench.tell(`${name}, few / many (p99)`, `${short(median(few))} / ${short(median(many))} ms (${p99})`)
    if (!told.has(name)) bench.aim(name, short(median(many) / median(few)), { atMost: 1.5, unit: '×' })
  }
}

async function openLong(bench: Bench, { filled, asks }: Subject): Promise<void> {
  void asks
  const database = openDatabase({ url: filled.url, size: 2, onIdleError: () => undefined })
  const context = { database, epoch: randomUUID() }
  const { organizationId, operatorId, longId } = filled
  const proof = { organizationId, conversationId: longId, operator: { organizationId, operatorId } } as never
  const open: number[] = []
  const page: number[] = []
  const resume: number[] = []
  for (let count = 0; count < 30; count++) {
    open.push(await timed(() => reads.readPacket(context, proof, null)))
    const before = 1_000 + Math.floor(Math.random() * 98_000)
    page.push(await timed(() => reads.readEntriesBefore(context, proof, { before, limit: 50 })))
    resume.push(await timed(() => reads.readPacket(context, proof, { after: 99_500, epoch: context.epoch })))
  }
  await database.close()
  bench.aim('open a conversation of 100,000 entries, p99', summarize(open).p99, { atMost: 300, unit: 'ms' })
  bench.aim('a page in the middle of it, p99', summarize(page).p99, { atMost: 100, unit: 'ms' })
  bench.tell('resume it 500 changes behind, p99', `${summarize(resume).p99} ms`)
}

async function writePlans(big: Subject, many: number): Promise<void> {
  const parts: string[] = []
  for (const [name, work] of Object.entries(big.asks)) {
    for (const statement of await big.statementsOf(work))
      parts.push(
        `## ${name}: ${statement.name ?? 'without a name'}\n\n${await explain(big.filled, statement)}\n`,
      )
  }
  const reports = new URL('../reports/', import.meta.url)
  await mkdir(reports, { recursive: true })
  const text = `# Plans

As \`foyer_app\`, over ${many} conversations and ${many * entriesEach} entries, everything in memory. The plan that
PostgreSQL makes for these values, and below it the one for any, where it differs.

${parts.join('\n')}`
  await writeFile(new URL('plans.md', reports), text)
}

async function timed(work: (() => Promise<unknown>) | undefined): Promise<number> {
  const began = performance.now()
  await work?.()
  return performance.now() - began
}
