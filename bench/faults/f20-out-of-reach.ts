import { setTimeout as sleep } from 'node:timers/promises'
import { listOperators, setAvailability } from '@foyer/contract/operators.ts'
import { talk } from './cast.ts'
import { type DatabaseProxy, openDatabaseProxy } from './database-proxy.ts'
import { bySize, type Fault, playScene, type Run, type Scene } from './fault.ts'
import { watchSlots } from './slots.ts'

/** The process loses its database, but not its clients; longer than its lease lasts. */
export const outOfReach: Fault = {
  name: 'F20',
  title: 'the database out of reach of a process that keeps its clients',
  async run(run) {
    run.check = { staleMs: 15_000 }
    const seconds = bySize(run.options.size, { test: 3, small: 5, full: 60 })
    let proxy: DatabaseProxy | null = null
    const stage = {
      database: 'beside',
      nodes: 1,
      throughProxy: async (url: string) => {
        proxy = await openDatabaseProxy(url)
        return proxy
      },
    } as const
    await playScene(run, { stage, operators: 2, contacts: 6 }, async (scene) => {
      for (const operator of scene.cast.operators)
        await operator.api.call(setAvailability, { body: { online: true } })
      const watching = watchSlots(run, scene.stage)
      let drops = 0
      for (const actor of scene.cast.actors()) {
        actor.live.subscribe(() => {
          if (actor.live.status() === 'offline') drops++
        })
      }
      let isOver = false
      const talking = talk(scene.cast, { perSecond: 40, isOver: () => isOver, lively: true })
      await sleep(1_500)
      run.begin('out of reach')
      proxy?.setReachable(false)
      await sleep(seconds * 1000)
      proxy?.setReachable(true)
      run.end('out of reach')
      await sleep(2_000)
      isOver = true
      await talking
      run.figure('out of reach for s', seconds)
      run.figure('clients that lost their connection', drops)
      await expectAvailable(run, scene)
      await watching.stop()
    })
  },
}

/** Whoever stayed connected with the switch on is available, once all processes have seen to their leases. */
async function expectAvailable(run: Run, { cast }: Scene): Promise<void> {
  await sleep(bySize(run.options.size, { test: 500, small: 500, full: 35_000 }))
  const [operator] = cast.operators
  const listed = operator ? (await operator.api.call(listOperators)).items : []
  for (const { live, id } of cast.operators) {
    const isAvailable = listed.find((one) => one.id === id)?.available
    if (live.status() === 'live' && !isAvailable)
      run.violate({ check: 'status', detail: `operator ${id} is connected and online, and is shown as away` })
  }
}
