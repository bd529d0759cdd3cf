import type { Options, Size } from '../stage/options.ts'
import type { Random } from '../stage/random.ts'
import type { StageOptions } from '../stage/stage.ts'
import { startStage } from '../stage/stage.ts'
import { type Cast, gather } from './cast.ts'
import type { CheckOptions, Violation } from './facts.ts'
import { settle, takeStock } from './finish.ts'
import type { Recorder } from './history.ts'
import { createBalancer, type FaultyProxy, openProxy } from './proxy.ts'

/** A way in which things go wrong, and the run that shows that nothing is lost by it. */
export type Fault = {
  name: string
  title: string
  run(run: Run): Promise<void>
}

export type Run = {
  readonly options: Options
  readonly random: Random
  readonly recorder: Recorder
  /** Milliseconds within which what was acknowledged must be shown; a fault may set its own. */
  check: CheckOptions
  /** A figure for the report. */
  figure(name: string, value: number | string): void
  /** A figure with what is promised of it. */
  limit(name: string, value: number, atMost: number): void
  violate(violation: Violation): void
  begin(what: string): void
  end(what: string): void
}

/** One of three, by the size of the run. */
export function bySize<Value>(size: Size, values: { test: Value; small: Value; full: Value }): Value {
  return values[size]
}

/** Two processes on one database, and a proxy before them that shares connections out among those that answer. */
export async function openPair(
  run: Run,
  acquired: AsyncDisposableStack,
  env: Record<string, string> = {},
): Promise<{ stage: Cast['stage']; proxy: FaultyProxy }> {
  const stage = await startStage({ database: 'beside', nodes: 2, env })
  acquired.defer(stage.close)
  const balancer = createBalancer(stage.nodes.map(({ port }) => port))
  acquired.defer(balancer.stop)
  const proxy = await openProxy({ targets: balancer.targets, random: run.random })
  acquired.defer(proxy.close)
  return { stage, proxy }
}

export type Scene = { cast: Cast; proxy: FaultyProxy; stage: Cast['stage'] }

/** Sets the product up with people who reach it through a proxy, lets `play` happen, waits, and takes stock. */
export async function playScene(
  run: Run,
  options: { stage: StageOptions; operators: number; contacts: number; readers?: number },
  play: (scene: Scene) => Promise<void>,
): Promise<void> {
  const { recorder, random } = run
  const stage = await startStage(options.stage)
  await using acquired = new AsyncDisposableStack()
  acquired.defer(stage.close)
  const proxy = await openProxy({
    targets: () => stage.nodes.map((node) => ({ host: '127.0.0.1', port: node.port })).slice(0, 1),
    random,
  })
  acquired.defer(proxy.close)
  const cast = await gather({
    stage,
    recorder,
    random,
    operators: options.operators,
    contacts: options.contacts,
    base: () => proxy.origin,
  })
  acquired.defer(cast.stop)
  await play({ cast, proxy, stage })
  run.figure('quiet after ms', Math.round(await settle(cast)))
  await takeStock(cast, { readers: options.readers ?? 8 })
}
