import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { talk, until } from './cast.ts'
import { bySize, type Fault, playScene, type Run, type Scene } from './fault.ts'

/** The database is killed, stopped at once or restarted while people write. */
export const database: Fault = {
  name: 'F5',
  title: 'the database killed, stopped, restarted',
  async run(run) {
    run.check = { staleMs: 15_000 }
    const times = bySize(run.options.size, { test: 1, small: 3, full: 9 })
    const stage = { database: 'beside', nodes: 1 } as const
    await playScene(run, { stage, operators: 4, contacts: 12 }, async (scene) => {
      let isOver = false
      const talking = talk(scene.cast, { perSecond: 150, isOver: () => isOver, lively: true })
      const recoveries: number[] = []
      for (let count = 0; count < times; count++) {
        await sleep(1_000 + 1_500 * run.random.next())
        const signal = (['SIGKILL', 'SIGQUIT', 'SIGINT'] as const)[count % 3]
        recoveries.push(await strike(run, scene, signal ?? 'SIGKILL'))
      }
      isOver = true
      await talking
      run.figure('kill -9, immediate stop and restart in turn', times)
      run.limit(
        'first acknowledgement after the database is up, ms',
        Math.round(Math.max(...recoveries)),
        5_000,
      )
    })
  },
}

/** Strikes the moment something was acknowledged; answers the time from the database's return to the next one. */
async function strike(run: Run, { stage }: Scene, signal: NodeJS.Signals): Promise<number> {
  const { events } = run.recorder
  const acknowledged = (from: number) => () => {
    for (let index = from; index < events.length; index++) {
      const event = events[index]
      if (event?.op === 'send' && event.phase === 'ok') return true
    }
    return false
  }
  const before = stage.postgres?.pid() ?? 0
  await until(acknowledged(events.length), 5_000)
  run.begin('database')
  process.kill(before, signal)
  await until(() => stage.postgres?.pid() !== before, 30_000)
  await waitUntilUp(stage.databaseUrl)
  const up = performance.now()
  const isBack = await until(acknowledged(events.length), 30_000)
  run.end('database')
  if (!isBack) run.violate({ check: 'limit', detail: `nothing was acknowledged within 30 s after ${signal}` })
  return performance.now() - up
}

async function waitUntilUp(url: string): Promise<void> {
  for (let attempt = 0; attempt < 2_000; attempt++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('select 1')
      return
    } catch {
      await sleep(10)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  throw new Error('The database did not come back.')
}
