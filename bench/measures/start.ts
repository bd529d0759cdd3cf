import { mkdtemp, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureBuilt } from '../../build.ts'
import { bySize } from '../faults/fault.ts'
import { familyOf, proportionalMemory } from '../stage/machine.ts'
import { createServerNode } from '../stage/server-node.ts'
import { type Measure, median } from './measure.ts'

export const start: Measure = {
  name: 'start',
  title: 'start, and memory at rest, of the whole product with its database',
  async run(bench) {
    await ensureBuilt(() => undefined)
    const rounds = bySize(bench.options.size, { test: 1, small: 1, full: 3 })
    const cold: number[] = []
    const warm: number[] = []
    const memory: number[] = []
    for (let round = 0; round < rounds; round++) {
      const dataDir = await mkdtemp('/tmp/foyer-bench-')
      const node = await createServerNode({
        HOST: '127.0.0.1',
        DATA_DIR: dataDir,
        OWNER_EMAIL: 'owner@example.com',
        OWNER_PASSWORD: 'correct horse battery',
      })
      cold.push(await node.start())
      await node.stop()
      warm.push(await node.start())
      await sleep(bySize(bench.options.size, { test: 1_000, small: 5_000, full: 10_000 }))
      memory.push(proportionalMemory(familyOf(node.pid())))
      await node.stop()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    }
    bench.tell('first start, which makes the database', `${Math.round(median(cold))} ms`)
    bench.tell('later start', `${Math.round(median(warm))} ms`)
    bench.aim('memory at rest, all processes', Math.round(median(memory) / 1e6), { atMost: 400, unit: 'MB' })
  },
}
