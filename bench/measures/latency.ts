import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { createApi } from '@foyer/client/api.ts'
import { createSocketTicket } from '@foyer/contract/sessions.ts'
import { WebSocket } from 'ws'
import { logIn } from '../faults/actors.ts'
import { bySize } from '../faults/fault.ts'
import { summarize } from '../stage/figures.ts'
import { type Stage, startStage } from '../stage/stage.ts'
import { startBare } from './bare.ts'
import { openHttpLine, post } from './http-line.ts'
import { type Measure, short } from './measure.ts'

const text = 'Where is my order? It should have been here on Monday.'

export const latency: Measure = {
  name: 'latency',
  title: 'from a contact’s send to an operator’s screen, against a commit and a bare relay',
  async run(bench) {
    const many = bySize(bench.options.size, { test: 100, small: 1_000, full: 5_000 })
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    await stage.sql(
      'create table plain_entries (id uuid primary key, conversation_id uuid not null, at timestamptz not null default clock_timestamp(), text text not null)',
    )
    await stage.sql('grant insert on plain_entries to foyer_app')
    const bare = acquired.use(await startBare(stage.databaseUrl))
    const product = await throughProduct(stage)
    acquired.defer(product.close)
    const reference = await throughBare(bare.port)
    acquired.defer(reference.close)
    const times = { product: [] as number[], reference: [] as number[], answered: [] as number[] }
    for (let count = -200; count < many; count++) {
      // Plans made while a table was empty are kept until it is analyzed, as PostgreSQL does by itself every minute.
      if (count === -100) await stage.sql('analyze')
      const one = await product.send()
      const other = await reference.send()
      if (count < 0) continue
      times.product.push(one.shown)
      times.answered.push(one.answered)
      times.reference.push(other.shown)
      // As people write, not as fast as the line bears.
      if (count % 10 === 0) await sleep(1)
    }
    const [of, than] = [exactly(times.product), exactly(times.reference)]
    bench.tell('product p50 / p99', `${of.p50} / ${of.p99} ms`)
    bench.tell('commit and bare relay p50 / p99', `${than.p50} / ${than.p99} ms`)
    bench.tell('product, the sender’s own answer p50', `${exactly(times.answered).p50} ms`)
    bench.aim('p50 against the bare relay', short(of.p50 / than.p50), { atMost: 2, unit: '×' })
    bench.aim('p99 against the bare relay', short(of.p99 / than.p99), { atMost: 2, unit: '×' })
  },
}

type Route = { send(): Promise<{ shown: number; answered: number }>; close(): void }

function exactly(times: readonly number[]): { p50: number; p99: number } {
  const { p50, p99 } = summarize(times.map((time) => time * 100))
  return { p50: Math.round(p50) / 100, p99: Math.round(p99) / 100 }
}

async function throughProduct(stage: Stage): Promise<Route> {
  const node = stage.nodes[0]
  if (!node) throw new Error('There is no process.')
  const cookie = await logIn(node.origin, stage.owner)
  const api = createApi({ base: node.origin, headers: () => ({ cookie }) })
  const line = await openHttpLine(node.port)
  const authorization = `Contact ${randomBytes(32).toString('base64url')}`
  const conversation = randomUUID()
  const start = { id: conversation, widgetKey: stage.widgetKey, message: { id: randomUUID(), text } }
  await line.send(post('/api/v1/messenger/conversations', { authorization }, start))
  const socket = new WebSocket(`ws://127.0.0.1:${node.port}/api/v1/socket`)
  await once(socket, 'open')
  const { ticket } = await api.call(createSocketTicket)
  socket.send(JSON.stringify({ type: 'hello', protocol: 1, build: 'bench', ticket }))
  socket.send(JSON.stringify({ type: 'watch', conversationId: conversation }))
  await sleep(500)
  const path = `/api/v1/messenger/conversations/${conversation}/messages`
  return route(socket, line, (id) => post(path, { authorization }, { id, text }))
}

async function throughBare(port: number): Promise<Route> {
  const line = await openHttpLine(port)
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`)
  await once(socket, 'open')
  socket.send('{"type":"hello"}')
  await sleep(200)
  const conversation = randomUUID()
  return route(socket, line, (id) => post('/', {}, { id, conversation, text }))
}

function route(
  socket: WebSocket,
  line: Awaited<ReturnType<typeof openHttpLine>>,
  request: (id: string) => string,
): Route {
  let awaited = ''
  let onShown: (at: number) => void = () => undefined
  socket.on('message', (data: Buffer) => {
    if (awaited !== '' && data.includes(awaited)) onShown(performance.now())
  })
  return {
    async send() {
      const id = randomUUID()
      awaited = id
      const shown = new Promise<number>((resolve) => {
        onShown = resolve
      })
      const began = performance.now()
      const answer = await line.send(request(id))
      const answered = performance.now() - began
      if (answer.status !== 200) throw new Error(`A message was refused: ${answer.status} ${answer.body}`)
      return { shown: (await shown) - began, answered }
    },
    close() {
      socket.terminate()
      line.close()
    },
  }
}
