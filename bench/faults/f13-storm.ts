import { setTimeout as sleep } from 'node:timers/promises'
import { listConversations } from '@foyer/contract/conversations.ts'
import { summarize } from '../stage/figures.ts'
import { startStage } from '../stage/stage.ts'
import { type Contact, createContact } from './actors.ts'
import { type Cast, gather, isIdle, newText, until } from './cast.ts'
import { bySize, type Fault, type Run } from './fault.ts'
import { settle, takeStock } from './finish.ts'
import { openProxy } from './proxy.ts'

/** Everybody loses the connection at once and comes back. */
export const storm: Fault = {
  name: 'F13',
  title: 'a storm of reconnections',
  async run(run) {
    run.check = { staleMs: 25_000 }
    const { recorder, random } = run
    const crowd = bySize(run.options.size, { test: 50, small: 300, full: 2_000 })
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const [node] = stage.nodes
    if (!node) throw new Error('There is no process.')
    const proxy = await openProxy({
      targets: () => [{ host: '127.0.0.1', port: node.port }],
      random,
      // One address may hold two thousand sockets.
      localAddresses: ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'],
    })
    acquired.defer(proxy.close)
    const cast = await gather({ stage, recorder, random, operators: 1, contacts: 3, base: () => node.origin })
    acquired.defer(cast.stop)
    const contacts = await fill(run, cast, proxy.origin, crowd)
    acquired.defer(() => {
      for (const contact of contacts) contact.stop()
    })
    run.figure('sockets', contacts.length)

    run.begin('storm')
    const first = watchReturn(contacts)
    proxy.cutAll()
    const cutTimes = await first(performance.now())
    report(run, 'all lines cut', cutTimes)

    const second = watchReturn(contacts)
    const over = node.ended()
    node.kill('SIGKILL')
    await over
    await node.start()
    const queries = askMeanwhile(cast)
    report(run, 'the process killed and started again', await second(performance.now()))
    run.figure('a list read meanwhile, p99 ms', (await queries()).p99)
    run.end('storm')

    const [operator] = cast.operators
    for (const contact of contacts.slice(0, 100)) {
      for (const conv of contact.follows) contact.write(conv, newText())
    }
    if (operator) await until(() => isIdle(operator), 10_000)
    const company = { ...cast, actors: () => [...cast.actors(), ...contacts] }
    run.figure('quiet after ms', Math.round(await settle(company)))
    await takeStock(company, { readers: 3 })
  },
}

async function fill(run: Run, cast: Cast, base: string, crowd: number): Promise<Contact[]> {
  const contacts: Contact[] = []
  const { widgetKey } = cast.stage
  while (contacts.length < crowd) {
    const some = Array.from({ length: Math.min(50, crowd - contacts.length) }, (_, index) => {
      const name = `contact:crowd-${contacts.length + index}`
      const contact = createContact({ recorder: run.recorder, name, base, widgetKey })
      contact.start(newText())
      return contact
    })
    contacts.push(...some)
    await until(() => some.every((contact) => contact.live.status() === 'live' && isIdle(contact)), 20_000)
  }
  return contacts
}

/** Notes when each has been told again how its conversation stands; answers the times from a moment on. */
function watchReturn(contacts: readonly Contact[]): (since: number) => Promise<number[]> {
  const back = new Map<Contact, number>()
  let isCut = false
  const stops = contacts.flatMap((contact) => [
    contact.live.onFrame((frame) => {
      if (isCut && frame.type === 'packet' && !back.has(contact)) back.set(contact, performance.now())
    }),
  ])
  isCut = true
  return async (since) => {
    await until(() => back.size === contacts.length, 60_000)
    for (const stop of stops) stop()
    return contacts.map((contact) => Math.max(0, (back.get(contact) ?? Number.POSITIVE_INFINITY) - since))
  }
}

function report(run: Run, what: string, times: number[]): void {
  const { p50, p99, max } = summarize(times)
  run.figure(`${what}: back after p50 / p99 ms`, `${p50} / ${p99}`)
  run.limit(`${what}: the last back after ms`, Math.round(max), 20_000)
}

function askMeanwhile(cast: Cast): () => Promise<ReturnType<typeof summarize>> {
  const [operator] = cast.operators
  const times: number[] = []
  let isOver = false
  const asking = (async () => {
    while (!isOver && operator) {
      const began = performance.now()
      await operator.api.call(listConversations, { query: { list: 'mine' } }).catch(() => undefined)
      times.push(performance.now() - began)
      await sleep(50)
    }
  })()
  return async () => {
    isOver = true
    await asking
    return summarize(times)
  }
}
