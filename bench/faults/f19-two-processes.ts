import { setTimeout as sleep } from 'node:timers/promises'
import { summarize, tenth } from '../stage/figures.ts'
import { type Cast, gather, talk } from './cast.ts'
import { bySize, type Fault, openPair, type Run } from './fault.ts'
import { settle, takeStock } from './finish.ts'

/** Two processes serve everybody; one is killed, then one is frozen and wakes up again. */
export const twoProcesses: Fault = {
  name: 'F19',
  title: 'two processes, one killed, one frozen',
  async run(run) {
    // What a killed process committed and could not announce is found by the next heartbeat.
    run.check = { staleMs: 32_000 }
    const { recorder, random } = run
    const frozenSeconds = bySize(run.options.size, { test: 0, small: 10, full: 90 })
    await using acquired = new AsyncDisposableStack()
    const { stage, proxy } = await openPair(run, acquired)
    const [, suffers] = stage.nodes
    if (!suffers) throw new Error('Two processes are needed.')
    const cast = await gather({
      stage,
      recorder,
      random,
      operators: 4,
      contacts: 8,
      base: () => proxy.origin,
    })
    acquired.defer(cast.stop)

    const calm = recorder.events.length
    await talkFor(cast, 80, bySize(run.options.size, { test: 2_000, small: 5_000, full: 20_000 }))
    measureCalm(run, calm)

    let isOver = false
    const talking = talk(cast, { perSecond: 40, isOver: () => isOver, lively: true })
    await sleep(1_000)
    run.begin('killed')
    const back = watchReturn(cast)
    const over = suffers.ended()
    suffers.kill('SIGKILL')
    await over
    const times = await back()
    run.end('killed')
    if (times.length > 0) run.limit('clients of the killed process back, p99 ms', summarize(times).p99, 5_000)
    run.figure('clients that were connected to it', times.length)
    await suffers.start()
    await sleep(1_000)

    if (frozenSeconds > 0) {
      // Some must be connected to it for its freezing to be felt.
      proxy.cutAll()
      await sleep(3_000)
      run.begin('frozen')
      suffers.kill('SIGSTOP')
      await sleep(frozenSeconds * 1000)
      suffers.kill('SIGCONT')
      run.end('frozen')
      run.figure('frozen for s', frozenSeconds)
    }
    isOver = true
    await talking
    run.figure('quiet after ms', Math.round(await settle(cast)))
    await takeStock(cast, { readers: 8 })
  },
}

async function talkFor(cast: Cast, perSecond: number, ms: number): Promise<void> {
  const end = performance.now() + ms
  await talk(cast, { perSecond, isOver: () => performance.now() > end, lively: true })
}

/** How long others waited for what was acknowledged, before anything was broken. */
function measureCalm(run: Run, from: number): void {
  const okAt = new Map<string, { t: number; by: string }>()
  const late: number[] = []
  for (const event of run.recorder.events.slice(from)) {
    if (event.op === 'send' && event.phase === 'ok') okAt.set(event.id, { t: event.t, by: event.by })
    if (event.op !== 'shown' || !event.applied) continue
    for (const { id } of event.entries) {
      const sent = okAt.get(id)
      if (sent && sent.by !== event.to) late.push(Math.max(0, event.t - sent.t))
    }
  }
  const { p50, p99 } = summarize(late)
  run.figure('shown elsewhere, p50 ms', tenth(p50))
  run.limit('shown elsewhere, p99 ms', tenth(p99), 300)
}

/** Those who lose their connection from now on, and how long each takes to be back. */
function watchReturn(cast: Cast): () => Promise<number[]> {
  const lost = new Map<string, number>()
  const times: number[] = []
  const stops = cast.actors().map((actor) =>
    actor.live.subscribe(() => {
      const since = lost.get(actor.name)
      if (actor.live.status() === 'offline' && since === undefined) lost.set(actor.name, performance.now())
      else if (actor.live.status() === 'live' && since !== undefined) {
        times.push(performance.now() - since)
        lost.delete(actor.name)
      }
    }),
  )
  return async () => {
    await sleep(1_000)
    for (let wait = 0; wait < 1_000 && lost.size > 0; wait++) await sleep(20)
    for (const stop of stops) stop()
    return times
  }
}
