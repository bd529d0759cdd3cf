import { setTimeout as sleep } from 'node:timers/promises'
import { summarize } from '../stage/figures.ts'
import { startStage } from '../stage/stage.ts'
import { createOperator, type Operator } from './actors.ts'
import { type Cast, gather, newText, until } from './cast.ts'
import { bySize, type Fault } from './fault.ts'
import { settle, takeStock } from './finish.ts'
import { memoryOf } from './neighbour.ts'
import { openProxy } from './proxy.ts'

/** Bytes that must wait for a reader before anybody can see that it does not read: kernels hold several megabytes. */
const unreadBytes = 12 * 1024 * 1024
/** Of three bytes a letter, as long as a message may be. */
const big = 'ключ 鍵 '.repeat(2_500).slice(0, 19_900)

/** Readers that stop reading are closed, come back, and have everything; nobody else notices. */
export const slowReader: Fault = {
  name: 'F12',
  title: 'readers that stop reading',
  async run(run) {
    run.check = { staleMs: 15_000 }
    const { recorder, random } = run
    const readers = bySize(run.options.size, { test: 1, small: 2, full: 10 })
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const [node] = stage.nodes
    if (!node) throw new Error('There is no process.')
    const cast = await gather({ stage, recorder, random, operators: 2, contacts: 3, base: () => node.origin })
    acquired.defer(cast.stop)
    const proxy = await openProxy({ targets: () => [{ host: '127.0.0.1', port: node.port }], random })
    acquired.defer(proxy.close)
    const slow: Operator[] = []
    const [loud, ...calm] = cast.talks
    if (!loud) throw new Error('Nobody is there.')
    for (let count = 0; count < readers; count++) {
      const login = await stage.addOperator(`Slow ${count}`)
      const reader = await createOperator({
        recorder,
        name: `operator:${login.id}`,
        base: proxy.origin,
        login,
      })
      acquired.defer(() => reader.stop())
      reader.follow(loud.id)
      slow.push(reader)
    }
    await until(() => slow.every((reader) => reader.live.conversation(loud.id)), 10_000)

    const before = await chat(cast, calm, 3_000)
    const memory = memoryOf(node.pid())
    run.begin('slow')
    proxy.stall(true)
    const began = performance.now()
    const owner = cast.operators.find((operator) => operator.id === loud.ownerId)
    // The reader cannot see the code it is closed with: it is not reading. The process says it in its log.
    const closed = () => node.printed().split('A slow socket is closed').length - 1
    const closing = until(() => closed() >= readers, 20_000).then((isClosed) => {
      run.limit('slow readers closed after ms', Math.round(performance.now() - began), 15_000)
      return isClosed
    })
    const flooding = flood(owner, loud.id)
    const during = await chat(cast, calm, 6_000)
    await flooding
    if (!(await closing))
      run.violate({ check: 'limit', detail: `${closed()} of ${readers} slow readers were closed` })
    run.figure('slow readers', readers)
    run.figure('memory grew by MB', Math.round((memoryOf(node.pid()) - memory) / 1e6))
    run.figure('neighbours p99 before and during, ms', `${before.p99} / ${during.p99}`)
    // Sending twelve megabytes costs something in itself.
    run.limit('neighbours p99 during, ms', during.p99, Math.max(250, 3 * before.p99))
    proxy.stall(false)
    run.end('slow')
    const company = { ...cast, actors: () => [...cast.actors(), ...slow] }
    run.figure('quiet after ms', Math.round(await settle(company)))
    await takeStock(company, { readers: 3 })
  },
}

async function flood(owner: Operator | undefined, conv: string): Promise<void> {
  for (let sent = 0; sent < unreadBytes; sent += Buffer.byteLength(big)) {
    owner?.write(conv, `${newText()} ${big}`)
    await sleep(5)
  }
  await until(() => owner?.outbox.items().length === 0, 60_000)
}

/** Others write for a while; how long it took until their operators saw it. */
async function chat(cast: Cast, talks: Cast['talks'], forMs: number): Promise<ReturnType<typeof summarize>> {
  const { events } = cast.recorder
  const from = events.length
  const end = performance.now() + forMs
  while (performance.now() < end) {
    const at = cast.random.pick(talks)
    at.contact.write(at.id, newText())
    await sleep(60)
  }
  await sleep(500)
  const sentAt = new Map<string, number>()
  const late: number[] = []
  for (const event of events.slice(from)) {
    if (event.op === 'send' && event.phase === 'invoke') sentAt.set(event.id, event.t)
    if (event.op !== 'shown' || event.view !== 'operator' || !talks.some((at) => at.id === event.conv))
      continue
    for (const { id } of event.entries) {
      const sent = sentAt.get(id)
      if (sent !== undefined) late.push(event.t - sent)
    }
  }
  return summarize(late)
}
