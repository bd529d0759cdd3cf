import { setTimeout as sleep } from 'node:timers/promises'
import { talk, until } from './cast.ts'
import { type CrashPoint, openDatabaseProxy } from './database-proxy.ts'
import { bySize, type Fault, playScene, type Run, type Scene } from './fault.ts'

/** Processes of the product are killed while people write. */
export const kill: Fault = {
  name: 'F1',
  title: 'kill -9 of a process in mid-send',
  async run(run) {
    // Clients that found nobody for five seconds wait up to eight before they look again, and then some.
    run.check = { staleMs: 20_000 }
    await killAnywhere(run)
    await killAtPoints(run)
  },
}

/** One process with its own database, as `npm start` gives it: the database goes down with it, and comes back. */
async function killAnywhere(run: Run): Promise<void> {
  const kills = bySize(run.options.size, { test: 1, small: 3, full: 20 })
  const stage = { database: 'embedded', nodes: 1 } as const
  await playScene(run, { stage, operators: 3, contacts: 6 }, async (scene) => {
    const recoveries: number[] = []
    await whileTalking(scene, async () => {
      for (let count = 0; count < kills; count++) {
        await sleep(800 + 1_200 * run.random.next())
        recoveries.push(await killAndStart(run, scene, () => scene.stage.nodes[0]?.kill('SIGKILL')))
      }
    })
    run.figure('kills', kills)
    run.limit('serving again after a kill, database with it, ms', Math.round(Math.max(...recoveries)), 5_000)
  })
}

/** Before the statement reaches the database, and after it is committed but before the answer is known. */
async function killAtPoints(run: Run): Promise<void> {
  const each = bySize(run.options.size, { test: 0, small: 2, full: 15 })
  if (each === 0) return
  let arm: (point: CrashPoint, onPoint: () => void) => void = () => undefined
  const stage = {
    database: 'beside',
    nodes: 1,
    throughProxy: async (url: string) => {
      const proxy = await openDatabaseProxy(url)
      arm = proxy.arm
      return proxy
    },
  } as const
  await playScene(run, { stage, operators: 3, contacts: 6 }, async (scene) => {
    const recoveries: number[] = []
    await whileTalking(scene, async () => {
      for (const point of ['before commit', 'after commit'] as const) {
        for (let count = 0; count < each; count++) {
          await sleep(300)
          let isThere = false
          arm(point, () => {
            isThere = true
            scene.stage.nodes[0]?.kill('SIGKILL')
          })
          await until(() => isThere, 10_000)
          recoveries.push(await killAndStart(run, scene, () => undefined))
        }
      }
    })
    run.figure('kills before commit, and between commit and answer', `${each} + ${each}`)
    run.limit('serving again after a kill, ms', Math.round(Math.max(...recoveries)), 5_000)
  })
}

async function whileTalking(scene: Scene, work: () => Promise<void>): Promise<void> {
  let isOver = false
  const talking = talk(scene.cast, { perSecond: 50, isOver: () => isOver, lively: true })
  try {
    await work()
  } finally {
    isOver = true
    await talking
  }
}

async function killAndStart(run: Run, scene: Scene, doKill: () => void): Promise<number> {
  const node = scene.stage.nodes[0]
  if (!node) throw new Error('There is no process to kill.')
  const began = performance.now()
  run.begin('killed')
  const over = node.ended()
  doKill()
  await over
  await node.start()
  run.end('killed')
  return performance.now() - began
}
