import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerNode } from '../stage/server-node.ts'
import type { Stage } from '../stage/stage.ts'
import { type Cast, gather, isIdle, talk, turnSwitch, until } from './cast.ts'
import { bySize, type Fault, openPair, type Run } from './fault.ts'
import { settle, takeStock } from './finish.ts'
import type { FaultyProxy } from './proxy.ts'
import { countLiveMessages, watchSlots } from './slots.ts'

type Place = { run: Run; stage: Stage; proxy: FaultyProxy; cast: Cast; node: ServerNode }

/** What may go wrong, each over by itself before the next. */
const troubles: Readonly<Record<string, (place: Place) => Promise<void>>> = {
  async 'a process killed'({ node }) {
    const over = node.ended()
    node.kill('SIGKILL')
    await over
    await node.start()
  },
  async 'a process frozen for 5 s'({ node }) {
    node.kill('SIGSTOP')
    await sleep(5_000)
    node.kill('SIGCONT')
  },
  async 'every connection cut'({ proxy }) {
    proxy.cutAll()
  },
  async 'answers cut for 6 s'({ proxy }) {
    proxy.cutAnswers({ writes: 0.2, reads: 0.05, socket: 0.005 })
    await sleep(6_000)
    proxy.cutAnswers(null)
  },
  async 'a line dead for 4 s'({ proxy }) {
    proxy.freeze()
    await sleep(4_000)
    proxy.thaw()
  },
  async 'the database killed'({ stage }) {
    const before = stage.postgres?.pid() ?? 0
    process.kill(before, 'SIGKILL')
    await until(() => stage.postgres?.pid() !== before, 30_000)
  },
  async 'operators flapping for 4 s'({ cast, run }) {
    const end = performance.now() + 4_000
    while (performance.now() < end) {
      await turnSwitch(run.random.pick(cast.operators), run.random.chance(0.5))
      await sleep(100)
    }
  },
}

/** Every twenty seconds something else goes wrong, while people talk live and for later over two processes. */
export const chaos: Fault = {
  name: 'F99',
  title: 'chaos: something else every twenty seconds',
  async run(run) {
    // After a killed database and a killed process at once, a heartbeat finds what nobody told.
    run.check = { staleMs: 40_000 }
    const { recorder, random } = run
    const seconds = run.options.duration ?? bySize(run.options.size, { test: 6, small: 60, full: 600 })
    const pauseMs = bySize(run.options.size, { test: 2_000, small: 10_000, full: 20_000 })
    await using acquired = new AsyncDisposableStack()
    const { stage, proxy } = await openPair(run, acquired)
    const cast = await gather({
      stage,
      recorder,
      random,
      operators: 4,
      contacts: 12,
      base: () => proxy.origin,
    })
    acquired.defer(cast.stop)
    await stage.sql('update operator_slots set most = 2')
    for (const operator of cast.operators) await turnSwitch(operator, true)
    const watching = watchSlots(run, stage)

    let isOver = false
    const talking = talk(cast, { perSecond: 30, isOver: () => isOver, lively: true })
    const end = performance.now() + seconds * 1_000
    const counts = new Map<string, number>()
    while (performance.now() < end) {
      const next = performance.now() + pauseMs
      const what = random.pick(Object.keys(troubles))
      counts.set(what, (counts.get(what) ?? 0) + 1)
      run.begin(what)
      await troubles[what]?.({ run, stage, proxy, cast, node: random.pick(stage.nodes) })
      run.end(what)
      await sleep(Math.max(0, next - performance.now()))
    }
    isOver = true
    await talking
    for (const operator of cast.operators) await turnSwitch(operator, true)
    await until(() => cast.actors().every(isIdle), 60_000)
    await untilStill(stage)
    run.figure('quiet after ms', Math.round(await settle(cast)))
    await takeStock(cast, { readers: 8 })
    await watching.stop()
    run.figure('seconds', seconds)
    run.figure('seed', run.options.seed)
    for (const [what, count] of counts) run.figure(what, count)
    run.figure('messages sent live', await countLiveMessages(stage))
  },
}

/**
 * The product goes on by itself for a while: slots are filled, and what was missed is made up for. Stock is taken when
 * nothing has been added for longer than the slowest of its chores waits.
 */
async function untilStill(stage: Stage): Promise<void> {
  let before = ''
  for (let looked = 0; looked < 20; looked++) {
    const [row] = await stage.sql<{ sum: string }>('select sum(seq) as sum from conversations')
    if (row?.sum === before) return
    before = row?.sum ?? ''
    await sleep(20_000)
  }
  throw new Error('The product does not come to rest.')
}
