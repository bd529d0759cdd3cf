import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import { bySize } from '../faults/fault.ts'
import { type Stage, startStage } from '../stage/stage.ts'
import { type Measure, short } from './measure.ts'
import { openAll } from './sockets.ts'

export const presence: Measure = {
  name: 'presence',
  title: 'what it costs that people are merely there',
  async run(bench) {
    const [contacts, operators] = bySize(bench.options.size, {
      test: [100, 5],
      small: [1_000, 50],
      full: [10_000, 500],
    } as const)
    const seconds = bySize(bench.options.size, { test: 3, small: 30, full: 60 })
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const node = stage.nodes[0]
    if (!node) throw new Error('There is no process.')
    const tokens = await known(stage, contacts)
    const passes = await operatorPasses(stage, operators)
    const hello = (proof: object) => JSON.stringify({ type: 'hello', protocol: 1, build: 'bench', ...proof })
    const open: WebSocket[] = [
      ...(await openAll(node.port, '/api/v1/socket', contacts, () =>
        hello({ contactToken: tokens.pop(), widgetKey: stage.widgetKey }),
      )),
      ...(await openAll(node.port, '/api/v1/socket', operators, () => hello({ ticket: passes.pop() }))),
    ]
    // As the clients do: a heartbeat each.
    const beat = JSON.stringify({ type: 'ping' })
    const beating = setInterval(() => {
      for (const socket of open) if (socket.readyState === socket.OPEN) socket.send(beat)
    }, 25_000)
    acquired.defer(() => clearInterval(beating))
    // A connection of PostgreSQL's that is idle tells what it wrote after ten seconds: coming is not being there.
    await sleep(bench.options.size === 'test' ? 2_000 : 20_000)
    const [{ there } = { there: 0 }] = await stage.sql<{ there: number }>(
      'select count(*)::int as there from presence',
    )
    const before = await stand(stage, node.pid())
    await sleep(seconds * 1000)
    const after = await stand(stage, node.pid())
    const minutes = seconds / 60
    const tables = [...after.tables].flatMap(([table, rows]) => {
      const written = rows - (before.tables.get(table) ?? 0)
      return written > 0 ? [`${table} ${Math.round(written / minutes)}`] : []
    })
    bench.tell('there: contacts + operators', `${there}`)
    bench.aim('rows written a minute', Math.round((after.written - before.written) / minutes), {
      atMost: 60,
      unit: 'rows',
    })
    bench.tell('of which', tables.join(', ') || 'none')
    bench.tell('transactions a second', `${short((after.transactions - before.transactions) / seconds)}`)
    bench.aim('share of one core, the server', short(((after.cpu - before.cpu) / (seconds * 100)) * 100), {
      atMost: 20,
      unit: '%',
    })
    for (const socket of open) socket.terminate()
  },
}

type Stand = { written: number; tables: Map<string, number>; transactions: number; cpu: number }

async function stand(stage: Stage, pid: number): Promise<Stand> {
  await stage.sql('select pg_stat_clear_snapshot()')
  const [row] = await stage.sql<{ transactions: number }>(
    'select xact_commit::int as transactions from pg_stat_database where datname = current_database()',
  )
  // Without PostgreSQL's own tables: it goes on writing down what was loaded before anybody came.
  const tables = await stage.sql<{ name: string; written: number }>(
    'select relname as name, (n_tup_ins + n_tup_upd + n_tup_del)::int as written from pg_stat_user_tables',
  )
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  // User and system time, in hundredths of a second.
  return {
    written: tables.reduce((sum, { written }) => sum + written, 0),
    tables: new Map(tables.map(({ name, written }) => [name, written])),
    transactions: row?.transactions ?? 0,
    cpu: Number(fields[11]) + Number(fields[12]),
  }
}

/** Contacts who have written before, so that their presence is known; answers their tokens. */
async function known(stage: Stage, many: number): Promise<string[]> {
  const tokens = Array.from({ length: many }, () => randomBytes(32).toString('base64url'))
  await stage.sql(
    `with made as (
       insert into contacts (organization_id, id) select $1, gen_random_uuid() from generate_series(1, $2) returning id),
     numbered as (select id, row_number() over () as n from made)
     insert into identities (organization_id, id, contact_id, channel, address_hash)
     select $1, gen_random_uuid(), id, 'website', sha256(convert_to(($3::text[])[n], 'UTF8')) from numbered`,
    [stage.organizationId, many, tokens],
  )
  return tokens
}

/** Operators who are online, each with a session; answers a ticket for a socket of each. */
async function operatorPasses(stage: Stage, many: number): Promise<string[]> {
  const passes = Array.from({ length: many }, () => randomBytes(32).toString('base64url'))
  await stage.sql(
    `with made as (
       insert into operators (organization_id, id, email, name, role, online)
       select $1, gen_random_uuid(), i || '@presence.example', 'Operator ' || i, 'operator', true
       from generate_series(1, $2) i returning id),
     numbered as (select id, row_number() over () as n, gen_random_uuid() as session_id from made),
     sessions as (
       insert into sessions (organization_id, id, operator_id, token_hash, device, expires_at)
       select $1, session_id, id, sha256(uuid_send(session_id)), '', now() + interval '1 day' from numbered returning 1)
     select count(*) from sessions`,
    [stage.organizationId, many],
  )
  await stage.sql(
    `insert into socket_tickets (organization_id, operator_id, session_id, token_hash, expires_at)
     select s.organization_id, s.operator_id, s.id, sha256(convert_to(($2::text[])[row_number() over ()], 'UTF8')), now() + interval '1 hour'
     from sessions s join operators o on o.id = s.operator_id where s.organization_id = $1 and o.email like '%@presence.example'`,
    [stage.organizationId, passes],
  )
  return passes
}
