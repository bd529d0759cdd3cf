import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Database, openDatabase } from '../../server/src/platform/db/database.ts'
import { type ConversationContext, createHeadMemory } from '../../server/src/slices/conversations/access.ts'
import { sendMessage } from '../../server/src/slices/conversations/actions.ts'
import { decide } from '../../server/src/slices/conversations/model.ts'
import type { Decision } from '../../server/src/slices/conversations/shapes.ts'
import { recordStatement } from '../../server/src/slices/conversations/statements.ts'
import type { BuiltConversation } from '../../server/src/testing/build.ts'
import { logIn } from '../faults/actors.ts'
import { bySize } from '../faults/fault.ts'
import { openOwned } from '../stage/owned.ts'
import { type Stage, startStage } from '../stage/stage.ts'
import { openHttpLine, post } from './http-line.ts'
import { type Bench, type Measure, median, short } from './measure.ts'

/** As many connections to the database as the product opens. */
const poolSize = 10
const text = 'Your parcel left our warehouse this morning and should arrive on Thursday.'

export const sends: Measure = {
  name: 'sends',
  title: 'durable sends a second, against the same statement driven raw',
  async run(bench) {
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const database = openDatabase({ url: stage.databaseUrl, size: poolSize, onIdleError: () => undefined })
    acquired.defer(database.close)
    const raw = openRaw(stage.databaseUrl)
    acquired.defer(() => raw.end())
    await stage.sql(`create table plain_entries (id uuid primary key, conversation_id uuid not null,
      seq bigint generated always as identity, at timestamptz not null default clock_timestamp(), text text not null)`)
    await stage.sql('grant insert on plain_entries to foyer_app')
    const talks = await converse(stage, database, 128)
    // As in a database that has been in use: plans made while a table was empty are kept until it is analyzed.
    await stage.sql('analyze')
    const cookie = await logIn(stage.nodes[0]?.origin ?? '', stage.owner)
    // One memory of heads, as a process has.
    const context = {
      database,
      heads: createHeadMemory(1_000),
      publish: () => undefined,
      freed: () => undefined,
    }
    const ways: Record<string, Way> = {
      'one-row insert': () => plainInsert(raw),
      'raw statement': () => rawStatement(raw, stage),
      'action in process': () => actionInProcess(context, stage),
      HTTP: () => overHttp(stage, cookie),
    }
    const [rounds, ms] = bySize(bench.options.size, {
      test: [1, 500],
      small: [3, 1_500],
      full: [5, 2_000],
    } as const)
    for (const concurrency of [1, 8, 32]) await compare(bench, ways, talks, { concurrency, rounds, ms })
  },
}

type Sender = { send(talk: BuiltConversation): Promise<void>; close?(): void }
type Way = () => Sender | Promise<Sender>

/** Ways take turns, so that what else the machine does is shared out among them. */
async function compare(
  bench: Bench,
  ways: Record<string, Way>,
  talks: readonly BuiltConversation[],
  options: { concurrency: number; rounds: number; ms: number },
): Promise<void> {
  const { concurrency } = options
  const rates = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]))
  for (let round = -1; round < options.rounds; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const ms = round < 0 ? Math.min(500, options.ms) : options.ms
      const rate = await drive(way, talks, { concurrency, ms })
      // The first round warms up.
      if (round >= 0) rates.get(name)?.push(rate)
    }
  }
  const at = (name: string) => median(rates.get(name) ?? [])
  for (const name of Object.keys(ways))
    bench.tell(`${name}, ${concurrency} at a time`, `${Math.round(at(name))}/s`)
  const goal = { atLeast: 0.7, unit: '× raw' }
  bench.aim(
    `action against raw, ${concurrency} at a time`,
    short(at('action in process') / at('raw statement')),
    goal,
  )
  bench.aim(`HTTP against raw, ${concurrency} at a time`, short(at('HTTP') / at('raw statement')), goal)
}

async function drive(
  way: Way,
  talks: readonly BuiltConversation[],
  options: { concurrency: number; ms: number },
): Promise<number> {
  const senders = await Promise.all(Array.from({ length: options.concurrency }, way))
  const began = performance.now()
  const end = began + options.ms
  let count = 0
  await Promise.all(
    senders.map(async (sender, index) => {
      for (let turn = 0; performance.now() < end; turn++) {
        // Each in conversations of its own, as operators are.
        const talk = talks[(index + turn * options.concurrency) % talks.length]
        if (talk) await sender.send(talk)
        count++
      }
    }),
  )
  const rate = (count * 1000) / (performance.now() - began)
  for (const sender of senders) sender.close?.()
  return rate
}

/** The product's own pool settings, without the product. */
function openRaw(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    pipeline: true,
    options: '-c role=foyer_app',
  } as pg.PoolConfig)
  pool.on('error', () => undefined)
  return pool
}

function plainInsert(pool: pg.Pool): Sender {
  return {
    async send(talk) {
      await pool.query({
        name: 'plain',
        text: 'insert into plain_entries (id, conversation_id, text) values ($1, $2, $3)',
        values: [randomUUID(), talk.id, text],
      })
    },
  }
}

function rawStatement(pool: pg.Pool, stage: Stage): Sender {
  const decidedOn = {
    state: 'pending',
    assigneeId: stage.owner.id,
    groupId: null,
    live: false,
    snoozed: false,
    answered: true,
  } as const
  const decision = decide(decidedOn, { kind: 'operator_wrote', by: stage.owner.id }) as Decision
  const actor = { kind: 'operator', id: stage.owner.id } as const
  const hash = randomBytes(32)
  return {
    async send(talk) {
      const draft = { id: randomUUID(), routedId: randomUUID(), text, identityId: null }
      const statement = recordStatement({
        organizationId: stage.organizationId,
        conversationId: talk.id,
        decidedOn,
        decision,
        draft,
        actor,
        hash,
      })
      const { rowCount } = await pool.query({
        name: statement.name as string,
        text: statement.text,
        values: [...(statement.values ?? [])],
      })
      if (rowCount !== 1) throw new Error('The head is not as was decided on.')
    },
  }
}

function actionInProcess(context: ConversationContext, stage: Stage): Sender {
  const operator = { organizationId: stage.organizationId, operatorId: stage.owner.id }
  return {
    async send(talk) {
      // A proof that is not earned: what is measured begins after it.
      const proof = { organizationId: stage.organizationId, conversationId: talk.id, operator }
      await sendMessage(context, proof as never, { id: randomUUID(), text })
    },
  }
}

async function overHttp(stage: Stage, cookie: string): Promise<Sender> {
  const line = await openHttpLine(stage.nodes[0]?.port ?? 0)
  return {
    async send(talk) {
      const path = `/api/v1/conversations/${talk.id}/messages`
      const { status, body } = await line.send(post(path, { cookie }, { id: randomUUID(), text }))
      if (status !== 200) throw new Error(`A message was refused: ${status} ${body}`)
    },
    close: line.close,
  }
}

/** Conversations that the owner has and answered, so that the next message finds each as the last left it. */
async function converse(stage: Stage, database: Database, many: number): Promise<BuiltConversation[]> {
  const { build, converse: begin } = await openOwned(stage, database)
  const talks: BuiltConversation[] = []
  for (let count = 0; count < many; count++) {
    const talk = await begin()
    await build.happen(talk, { kind: 'operator_wrote', by: stage.owner.id }, text)
    talks.push(talk)
  }
  return talks
}
