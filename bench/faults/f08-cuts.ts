import { setTimeout as sleep } from 'node:timers/promises'
import { talk } from './cast.ts'
import { bySize, type Fault, playScene, type Run, type Scene } from './fault.ts'

type Cut = { seconds: number; how: 'dead' | 'refused' }

/** Clients and server are cut from each other: silently, as by a dead line, or with every attempt refused. */
export const cuts: Fault = {
  name: 'F8',
  title: 'the network between clients and server cut',
  async run(run) {
    // A client that was refused for long waits up to half a minute before it tries again.
    run.check = { staleMs: 35_000 }
    const all = bySize<Cut[]>(run.options.size, {
      test: [
        { seconds: 1, how: 'dead' },
        { seconds: 2, how: 'refused' },
      ],
      small: [
        { seconds: 1, how: 'dead' },
        { seconds: 5, how: 'dead' },
        { seconds: 5, how: 'refused' },
      ],
      full: [
        { seconds: 1, how: 'dead' },
        { seconds: 5, how: 'dead' },
        { seconds: 5, how: 'refused' },
        { seconds: 30, how: 'refused' },
        { seconds: 90, how: 'dead' },
      ],
    })
    const stage = { database: 'beside', nodes: 1 } as const
    await playScene(run, { stage, operators: 4, contacts: 12 }, async (scene) => {
      let isOver = false
      const talking = talk(scene.cast, { perSecond: 40, isOver: () => isOver, lively: true })
      for (const cut of all) {
        await sleep(1_000)
        await play(run, scene, cut)
      }
      isOver = true
      await talking
    })
  },
}

async function play(run: Run, { proxy, cast }: Scene, cut: Cut): Promise<void> {
  const { recorder } = run
  const actors = cast.actors()
  const noticed = new Map<string, number>()
  const began = performance.now()
  run.begin('cut')
  const stops = actors.map((actor) =>
    actor.live.subscribe(() => {
      // The first time counts: a client that tries again in vain says so again.
      if (actor.live.status() === 'offline' && !noticed.has(actor.name))
        noticed.set(actor.name, performance.now() - began)
    }),
  )
  if (cut.how === 'dead') proxy.freeze()
  else {
    proxy.refuse(true)
    proxy.cutAll()
  }
  await sleep(cut.seconds * 1000)
  const seen = recorder.events.length
  const healed = performance.now()
  if (cut.how === 'dead') proxy.thaw()
  else proxy.refuse(false)
  run.end('cut')
  for (const stop of stops) stop()
  const back = await Promise.all(actors.map((actor) => backAfter(actor.live, healed)))
  const name = `${cut.how} ${cut.seconds} s`
  run.figure(`${name}: all back after ms`, Math.round(Math.max(...back)))
  if (cut.how === 'dead' && cut.seconds > 45) {
    // Silence of forty seconds, looked for every five.
    run.limit(`${name}: noticed by the last after ms`, Math.round(Math.max(0, ...noticed.values())), 46_000)
    if (noticed.size < actors.length)
      run.violate({
        check: 'limit',
        detail: `${actors.length - noticed.size} clients did not notice a dead line`,
      })
  }
  const reloads = recorder.events
    .slice(seen)
    .filter((event) => event.op === 'shown' && event.snapshot && event.prev === 0 && event.n > 1)
  if (reloads.length > 0)
    run.violate({
      check: 'limit',
      detail: `${name}: ${reloads.length} conversations were read anew instead of resumed`,
    })
}

async function backAfter(live: Scene['cast']['operators'][number]['live'], since: number): Promise<number> {
  while (live.status() !== 'live' && performance.now() - since < 60_000) await sleep(20)
  return performance.now() - since
}
