import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Database, openDatabase } from '../../server/src/platform/db/database.ts'
import { migrate } from '../../server/src/platform/db/migrate.ts'
import { startScratchPostgres } from '../../server/src/platform/postgres/scratch.ts'
import { createHeadMemory } from '../../server/src/slices/conversations/access.ts'
import { fillSlots } from '../../server/src/slices/conversations/actions.ts'
import { startConversation } from '../../server/src/slices/conversations/start.ts'
import { bySize } from '../faults/fault.ts'
import { summarize } from '../stage/figures.ts'
import { type Bench, type Measure, short } from './measure.ts'

export const routing: Measure = {
  name: 'routing',
  title: 'who gets a conversation, and how soon a freed slot is taken',
  async run(bench) {
    const [few, many] = bySize(bench.options.size, {
      test: [
        [20, 100],
        [40, 200],
      ],
      small: [
        [100, 1_000],
        [1_000, 10_000],
      ],
      full: [
        [1_000, 10_000],
        [10_000, 100_000],
      ],
    } as const)
    const turns = bySize(bench.options.size, { test: 10, small: 200, full: 500 })
    await using acquired = new AsyncDisposableStack()
    delete process.env.FOYER_TEST_FSYNC
    const cluster = acquired.use(await startScratchPostgres())
    const small = await prepare(cluster.url, 'few', few)
    acquired.defer(small.close)
    const big = await prepare(cluster.url, 'many', many)
    acquired.defer(big.close)
    const times = { few: await measure(small, turns), many: await measure(big, turns) }
    for (const [name, of, [operators, waiting]] of [
      ['few', times.few, few],
      ['many', times.many, many],
    ] as const) {
      const at = `${operators} operators, ${waiting} waiting`
      bench.tell(`a new conversation assigned (${at}), p50 / p99`, spread(of.assign))
      bench.tell(`a freed slot to the next live (${at}), p50 / p99`, spread(of.free))
      if (name === 'few')
        bench.aim('a freed slot to the next live, p99', summarize(of.free).p99, { atMost: 1_000, unit: 'ms' })
    }
    await bothAtOnce(bench, small, turns)
    const few5 = await ofGroup(small, turns)
    const many5 = await ofGroup(big, turns)
    for (const [[operators], { one, none }] of [
      [few, few5],
      [many, many5],
    ] as const) {
      bench.tell(`given to a group of five, one free, of ${operators} free operators, p50 / p99`, spread(one))
      bench.tell(`the same with all five busy, p50 / p99`, spread(none))
    }
    // A tree of ten times the rows is about a seventh higher: what is more than half as much again grows faster than that.
    const goal = { atMost: 1.5, unit: '×' }
    const p50 = (values: number[]) => summarize(values).p50
    bench.aim('assigning at ten times the size', short(p50(times.many.assign) / p50(times.few.assign)), goal)
    bench.aim('a small group among ten times the operators', short(p50(many5.one) / p50(few5.one)), goal)
    bench.aim('the same with all of it busy', short(p50(many5.none) / p50(few5.none)), goal)
    bench.aim('filling a slot at ten times the size', short(p50(times.many.free) / p50(times.few.free)), goal)
  },
}

type Subject = {
  database: Database
  organizationId: string
  widgetId: string
  ask<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** Operators with slots free, and conversations that wait for one. */
async function prepare(
  clusterUrl: string,
  name: string,
  [operators, waiting]: readonly [number, number],
): Promise<Subject> {
  const maker = new pg.Client({ connectionString: clusterUrl })
  await maker.connect()
  await maker.query(`create database ${name} encoding 'UTF8' template template0`)
  await maker.end()
  const url = new URL(clusterUrl)
  url.pathname = `/${name}`
  await migrate(url.href, { allowUnsafe: true })
  const owner = new pg.Pool({ connectionString: url.href, max: 2 })
  owner.on('error', () => undefined)
  const [organizationId, widgetId] = [randomUUID(), randomUUID()]
  const say = async (text: string, values: unknown[] = []) => (await owner.query(text, values)).rows
  await say('insert into organizations (id, name) values ($1, $2)', [organizationId, name])
  await say('insert into widgets (organization_id, id, key, name) values ($1, $2, $3, $3)', [
    organizationId,
    widgetId,
    name,
  ])
  await say(
    `insert into operators (organization_id, id, email, name, role, online)
     select $1, gen_random_uuid(), i || '@' || $2, 'Operator ' || i, 'operator', true from generate_series(1, $3) i`,
    [organizationId, name, operators],
  )
  await say('update operator_slots set present = true, most = 20, used = (random() * 10)::int')
  await say(
    `insert into processes (id, roles, lease_until) values (gen_random_uuid(), '', now() + interval '1 day')`,
  )
  await say(
    `insert into contacts (organization_id, id) select $1, gen_random_uuid() from generate_series(1, $2)`,
    [organizationId, waiting],
  )
  await say(
    `insert into presence (connection_id, process_id, organization_id, subject_kind, subject_id)
     select gen_random_uuid(), (select id from processes limit 1), $1, 'contact', id from contacts`,
    [organizationId],
  )
  await say(
    `insert into conversations (organization_id, id, contact_id, widget_id, channel, state, seq, public_seq, created_at,
       last_at, public_last_at, message_at, waiting_since, wants_live, rank, position)
     select $1, gen_random_uuid(), k.id, $2, 'website', 'new', 1, 1, now(), now(), now(), now(), now(), true, 1,
       extract(epoch from now()) + random() from contacts k`,
    [organizationId, widgetId],
  )
  await say('analyze')
  const database = openDatabase({ url: url.href, size: 10, onIdleError: () => undefined })
  return {
    database,
    organizationId,
    widgetId,
    async ask<Row extends object>(text: string, values: unknown[] = []) {
      return (await owner.query(text, values)).rows as Row[]
    },
    async close() {
      await Promise.all([database.close(), owner.end()])
    },
  }
}

function contextOf(subject: Subject) {
  return {
    database: subject.database,
    heads: createHeadMemory(100),
    publish: () => undefined,
    freed: () => undefined,
  }
}

/** Contacts who have not written yet. */
async function newcomers({ ask, organizationId }: Subject, many: number): Promise<string[]> {
  const rows = await ask<{ id: string }>(
    `insert into contacts (organization_id, id) select $1, gen_random_uuid() from generate_series(1, $2) returning id`,
    [organizationId, many],
  )
  await ask(
    `insert into identities (organization_id, id, contact_id, channel, address_hash)
     select organization_id, id, id, 'website', uuid_send(id) from contacts where id = any ($1)`,
    [rows.map(({ id }) => id)],
  )
  return rows.map(({ id }) => id)
}

function spread(times: readonly number[]): string {
  const { p50, p99 } = summarize(times)
  return `${p50} / ${p99} ms`
}

function begin(
  subject: Subject,
  context: ReturnType<typeof contextOf>,
  contactId: string,
  widgetId = subject.widgetId,
) {
  const { organizationId } = subject
  // Proofs that are not earned: what is measured begins after them.
  const widget = { organizationId, widgetId } as never
  const known = { organizationId, contactId, identityId: contactId } as never
  return startConversation(
    context,
    widget,
    { known },
    { id: randomUUID(), message: { id: randomUUID(), text: 'Is anybody there?' } },
  )
}

async function measure(subject: Subject, turns: number): Promise<{ assign: number[]; free: number[] }> {
  const context = contextOf(subject)
  const assign: number[] = []
  for (const contactId of await newcomers(subject, turns + 20)) {
    const began = performance.now()
    const { head } = await begin(subject, context, contactId)
    assign.push(performance.now() - began)
    if (head.live_since === null) throw new Error('Nobody had a slot.')
  }
  await subject.ask('update operator_slots set most = least(used, 19)')
  await subject.ask('vacuum analyze operator_slots')
  const operators = await subject.ask<{ operator_id: string }>(
    'select operator_id from operator_slots where used < 19 order by random() limit $1',
    [turns + 20],
  )
  const free: number[] = []
  for (const { operator_id } of operators) {
    await subject.ask('update operator_slots set most = used + 1 where operator_id = $1', [operator_id])
    const began = performance.now()
    await fillSlots(context, subject.organizationId, operator_id)
    free.push(performance.now() - began)
  }
  const [row] = await subject.ask<{ wrong: number }>(
    'select count(*)::int as wrong from operator_slots where used > most or free > 0',
  )
  if (row?.wrong !== 0) throw new Error('A slot was left free, or taken twice.')
  return { assign: assign.slice(20), free: free.slice(Math.min(20, Math.floor(free.length / 2))) }
}

/** What comes to a widget of a group of five, of whom one has slots, then none, while all others have. */
async function ofGroup(subject: Subject, turns: number): Promise<{ one: number[]; none: number[] }> {
  const { ask, organizationId } = subject
  const [groupId, widgetId] = [randomUUID(), randomUUID()]
  await ask('update operator_slots set most = 20, used = 0')
  await ask(`insert into groups (organization_id, id, name) values ($1, $2, 'Five')`, [
    organizationId,
    groupId,
  ])
  await ask(
    `insert into group_members (organization_id, group_id, operator_id)
     select organization_id, $2, operator_id from operator_slots where organization_id = $1 order by operator_id limit 5`,
    [organizationId, groupId],
  )
  await ask(
    `insert into widgets (organization_id, id, key, name, routing, group_id) values ($1, $2, $3, 'Five', 'group', $4)`,
    [organizationId, widgetId, widgetId, groupId],
  )
  const setSlots = (one: number) =>
    ask(
      `update operator_slots s set used = 0, most = case when n.n = 1 then $2 else 0 end
       from (select operator_id, row_number() over (order by operator_id) as n from group_members where group_id = $1) n
       where s.operator_id = n.operator_id`,
      [groupId, one],
    )
  const context = contextOf(subject)
  const times = { one: [] as number[], none: [] as number[] }
  for (const kind of ['one', 'none'] as const) {
    const slots = kind === 'one' ? 20 : 0
    await setSlots(slots)
    await ask('vacuum analyze')
    for (const [turn, contactId] of (await newcomers(subject, turns + 20)).entries()) {
      if (turn % 20 === 19) await setSlots(slots)
      const began = performance.now()
      const { head } = await begin(subject, context, contactId, widgetId)
      if (turn >= 20) times[kind].push(performance.now() - began)
      if ((head.live_since !== null) !== (kind === 'one')) throw new Error('It went to somebody else.')
    }
  }
  return times
}

/** Decisions a second with eight at once. */
async function bothAtOnce(bench: Bench, subject: Subject, turns: number): Promise<void> {
  await subject.ask('update operator_slots set most = 20, used = 0')
  const context = contextOf(subject)
  const contacts = await newcomers(subject, turns)
  const began = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let contactId = contacts[next++]; contactId; contactId = contacts[next++])
        await begin(subject, context, contactId)
    }),
  )
  const seconds = (performance.now() - began) / 1000
  bench.tell('assignments a second, eight at once', `${Math.round(turns / seconds)}`)
}
