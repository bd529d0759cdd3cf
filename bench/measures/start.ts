import { mkdtemp, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureBuilt } from '../../build.ts'
import { startScratchPostgres } from '../../server/src/platform/postgres/scratch.ts'
import { bySize } from '../faults/fault.ts'
import { familyOf, proportionalMemory } from '../stage/machine.ts'
import { createServerNode, type ServerNode } from '../stage/server-node.ts'
import { type Measure, median } from './measure.ts'

export const start: Measure = {
  name: 'start',
  title: 'start, and memory at rest, of the whole product with its database',
  async run(bench) {
    await ensureBuilt(() => undefined)
    const rounds = bySize(bench.options.size, { test: 1, small: 1, full: 3 })
    const cold: number[] = []
    const warm: number[] = []
    const killed: Record<Kill, number[]> = { server: [], all: [] }
    const beside: number[] = []
    let parts = ''
    const memory: number[] = []
    for (let round = 0; round < rounds; round++) {
      const dataDir = await mkdtemp('/tmp/foyer-bench-')
      const node = await createServerNode({
        HOST: '127.0.0.1',
        DATA_DIR: dataDir,
        OWNER_EMAIL: 'owner@example.com',
        OWNER_PASSWORD: 'correct horse battery',
        // Where the server says what its start consisted of.
        LOG_LEVEL: 'debug',
      })
      cold.push(await node.start())
      await node.stop()
      warm.push(await node.start())
      await sleep(bySize(bench.options.size, { test: 1_000, small: 5_000, full: 10_000 }))
      memory.push(proportionalMemory(familyOf(node.pid())))
      parts = partsOf(node.printed())
      for (const kill of ['server', 'all'] as const) killed[kill].push(await startAfter(kill, node))
      await node.stop()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
      beside.push(await startBeside())
    }
    bench.tell('first start, which makes the database', `${Math.round(median(cold))} ms`)
    bench.tell('later start', `${Math.round(median(warm))} ms`)
    bench.tell('its parts', parts)
    for (const [kill, title] of Object.entries(kills) as [Kill, string][]) {
      bench.aim(title, Math.round(median(killed[kill])), { atMost: 1_500, unit: 'ms' })
      bench.tell(`${title}, worst`, `${Math.round(Math.max(...killed[kill]))} ms`)
    }
    bench.aim('start after kill -9 of the server, its database beside it', Math.round(median(beside)), {
      atMost: 500,
      unit: 'ms',
    })
    bench.aim('memory at rest, all processes', Math.round(median(memory) / 1e6), { atMost: 115, unit: 'MB' })
  },
}

const kills = {
  server: 'start after kill -9 of the server alone',
  all: 'start after kill -9 of the server and its database',
}
type Kill = keyof typeof kills

/** Kills the server, and what it brought where all is to end, and starts it again at once; milliseconds until ready. */
async function startAfter(kill: Kill, node: ServerNode): Promise<number> {
  const family = familyOf(node.pid()).slice(1)
  const ended = node.ended()
  node.kill('SIGKILL')
  if (kill === 'all') for (const pid of family) tryKill(pid)
  await ended
  return node.start()
}

/** The same for a server whose database stands beside it and goes on. */
async function startBeside(): Promise<number> {
  await using database = await startScratchPostgres()
  const node = await createServerNode({
    HOST: '127.0.0.1',
    DATABASE_URL: database.url,
    // Of a scratch database nothing has to last.
    ALLOW_UNSAFE_DATABASE: '1',
    OWNER_EMAIL: 'owner@example.com',
    OWNER_PASSWORD: 'correct horse battery',
  })
  await node.start()
  const taken = await startAfter('server', node)
  await node.stop()
  return taken
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Ended with the process that brought it.
  }
}

/** What the last start said of its parts, in milliseconds. */
function partsOf(printed: string): string {
  return [...printed.matchAll(/"parts":"([^"]*)"/g)].at(-1)?.[1] ?? 'not said'
}
