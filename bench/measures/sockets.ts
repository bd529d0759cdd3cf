import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { bySize } from '../faults/fault.ts'
import { proportionalMemory } from '../stage/machine.ts'
import { startStage } from '../stage/stage.ts'
import { startBare } from './bare.ts'
import { type Bench, type Measure, short } from './measure.ts'

export const sockets: Measure = {
  name: 'sockets',
  title: 'memory of an idle contact’s socket, against a bare ws server',
  async run(bench) {
    const wanted = bySize(bench.options.size, { test: 300, small: 2_000, full: 10_000 })
    const files = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' })) || wanted * 2
    const many = Math.min(wanted, files - 1_000)
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const bare = acquired.use(await startBare(null))
    const node = stage.nodes[0]
    if (!node) throw new Error('There is no process.')
    const ofBare = await fill(bench, { port: bare.port, pid: bare.pid, path: '/', many, hello: () => '{}' })
    const ofProduct = await fill(bench, {
      port: node.port,
      pid: node.pid(),
      path: '/api/v1/socket',
      many,
      hello: () =>
        JSON.stringify({
          type: 'hello',
          protocol: 1,
          build: 'bench',
          contactToken: randomBytes(32).toString('base64url'),
          widgetKey: stage.widgetKey,
        }),
    })
    bench.tell('sockets', String(many))
    bench.tell('a socket of the product', `${short(ofProduct / 1024)} KB`)
    bench.tell('a socket of a bare ws server', `${short(ofBare / 1024)} KB`)
    bench.aim('against the bare server', short(ofProduct / ofBare), { atMost: 2, unit: '×' })
  },
}

type Filling = { port: number; pid: number; path: string; many: number; hello: () => string }

/** Opens sockets that say hello and then nothing; answers what each costs the server. */
async function fill(bench: Bench, { port, pid, path, many, hello }: Filling): Promise<number> {
  // A first few, so that what every server needs once is not counted.
  const first = await openAll(port, path, 50, hello)
  await sleep(3_000)
  const before = proportionalMemory([pid])
  const began = performance.now()
  const open = await openAll(port, path, many, hello)
  const took = performance.now() - began
  await sleep(8_000)
  const after = proportionalMemory([pid])
  bench.say(`${many} sockets to ${path} in ${Math.round(took)} ms`)
  for (const socket of [...first, ...open]) socket.terminate()
  await sleep(500)
  return (after - before) / many
}

/** Opens so many sockets, each with its hello answered. */
export async function openAll(
  port: number,
  path: string,
  many: number,
  hello: () => string,
): Promise<WebSocket[]> {
  const open: WebSocket[] = []
  while (open.length < many) {
    const some = Array.from({ length: Math.min(100, many - open.length) }, (_, index) => {
      // One address may hold two thousand sockets.
      const localAddress = `127.0.0.${2 + Math.floor((open.length + index) / 1_500)}`
      return new WebSocket(`ws://127.0.0.1:${port}${path}`, { localAddress, perMessageDeflate: false })
    })
    await Promise.all(
      some.map(async (socket) => {
        await once(socket, 'open')
        socket.send(hello())
        await once(socket, 'message')
      }),
    )
    open.push(...some)
  }
  return open
}
