import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { startStage } from '../stage/stage.ts'
import { bySize, type Fault } from './fault.ts'
import type { Burst, FloodOptions } from './flood.ts'
import { tellNeighbour, watchNeighbour } from './neighbour.ts'

const bursts: readonly Burst[] = [
  'frames of 64 KB',
  'frames of 8 KB',
  'heartbeats that name much',
  'conversations that nobody has',
  'pings',
]

/** Strangers who open sockets and send whatever costs most; their neighbours feel nothing of it. */
export const frames: Fault = {
  name: 'A1',
  title: 'strangers flood the socket with frames',
  async run(run) {
    const sockets = bySize(run.options.size, { test: 10, small: 40, full: 100 })
    const forMs = bySize(run.options.size, { test: 2_000, small: 5_000, full: 15_000 })
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const [node] = stage.nodes
    if (!node) throw new Error('There is no process.')
    const ask = { path: `/api/v1/messenger/widgets/${stage.widgetKey}` }
    const attack = { port: node.port, widgetKey: stage.widgetKey, sockets, forMs: forMs / 2 }
    // What a process takes once it works is not the attack's doing.
    await watchNeighbour(node, ask, async () => {
      await flood({ ...attack, sockets: 5, burst: 'pings', greets: true })
    })
    const before = await watchNeighbour(node, ask, () => sleep(3_000))
    run.begin('flood')
    let sent = 0
    const measured = await watchNeighbour(node, ask, async () => {
      for (const burst of bursts) {
        for (const greets of [true, false]) {
          const bytes = await flood({ ...attack, burst, greets })
          sent += bytes
          run.figure(`MB sent, ${burst}${greets ? '' : ', without a hello'}`, Math.round(bytes / 1e6))
        }
      }
    })
    run.end('flood')
    run.figure('sockets at once', sockets)
    run.figure('MB sent', Math.round(sent / 1e6))
    tellNeighbour(run, before, measured, { mb: 60, p99Ms: 250 })
  },
}

async function flood(options: FloodOptions): Promise<number> {
  const worker = new Worker(new URL('flood.ts', import.meta.url), { workerData: options })
  const [sent] = (await once(worker, 'message')) as [number]
  await worker.terminate()
  return sent
}
