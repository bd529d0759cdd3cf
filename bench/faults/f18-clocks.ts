import { globSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readSession } from '@foyer/contract/sessions.ts'
import type { Stage } from '../stage/stage.ts'
import { gather, talk, turnSwitch } from './cast.ts'
import { bySize, type Fault, openPair } from './fault.ts'
import { settle, takeStock } from './finish.ts'
import { countLiveMessages, watchSlots } from './slots.ts'

/** The clocks of the product's processes jump, one another way than the other; the database's clock does not. */
export const clocks: Fault = {
  name: 'F18',
  title: 'the clocks of two processes jumping',
  async run(run) {
    const { recorder, random } = run
    const [library] = globSync('/usr/lib/*/faketime/libfaketime.so.1')
    if (!library) throw new Error('This fault needs libfaketime: apt-get install faketime.')
    const pause = bySize(run.options.size, { test: 1_500, small: 4_000, full: 20_000 })
    await using acquired = new AsyncDisposableStack()
    const folder = await mkdtemp(join(tmpdir(), 'foyer-clock-'))
    acquired.defer(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, 'clock')
    await writeFile(file, '+0')
    const { stage, proxy } = await openPair(run, acquired, {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      // What is measured between two moments goes on, as on a machine whose clock is set.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    })
    const cast = await gather({
      stage,
      recorder,
      random,
      operators: 3,
      contacts: 8,
      base: () => proxy.origin,
    })
    acquired.defer(cast.stop)
    for (const operator of cast.operators) await turnSwitch(operator, true)
    const watching = watchSlots(run, stage)
    let drops = 0
    for (const actor of cast.actors())
      actor.live.subscribe(() => {
        if (actor.live.status() === 'offline') drops++
      })

    let isOver = false
    const talking = talk(cast, { perSecond: 20, isOver: () => isOver, lively: false })
    await sleep(pause)
    const before = await fired(stage)
    const jumps = ['-1h', '+25h', '+5m', '-5m', '+31d', '+0']
    for (const jump of jumps) {
      run.begin(jump)
      await writeFile(file, jump)
      await sleep(pause)
      run.end(jump)
    }
    const after = await fired(stage)
    isOver = true
    await talking
    for (const what of Object.keys(after) as (keyof typeof after)[]) {
      if (after[what] !== before[what])
        run.violate({
          check: 'status',
          detail: `${what}: ${before[what]} before the clocks jumped, ${after[what]} after`,
        })
    }
    for (const operator of cast.operators) {
      const me = await operator.api.call(readSession).catch(() => null)
      if (!me) run.violate({ check: 'status', detail: `operator ${operator.id} was logged out by a clock` })
    }
    run.figure('quiet after ms', Math.round(await settle(cast)))
    await takeStock(cast, { readers: 8 })
    await watching.stop()
    run.figure('jumps', jumps.join(' '))
    run.figure('connections lost', drops)
    run.figure('messages sent live', await countLiveMessages(stage))
    if (drops > 0) run.violate({ check: 'status', detail: `${drops} connections were lost by a clock` })
  },
}

/** What a deadline would have brought about. */
async function fired(stage: Stage): Promise<{ ended: number; 'no longer live': number; sessions: number }> {
  const [row] = await stage.sql<{ ended: string; silent: string; sessions: string }>(
    `select (select count(*) from conversations where state = 'ended') as ended,
      (select count(*) from entries where body->>'event' = 'live_ended') as silent,
      (select count(*) from sessions) as sessions`,
  )
  return {
    ended: Number(row?.ended),
    'no longer live': Number(row?.silent),
    sessions: Number(row?.sessions),
  }
}
