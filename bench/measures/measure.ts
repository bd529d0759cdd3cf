import type { Options } from '../stage/options.ts'
import type { Random } from '../stage/random.ts'

export type Figure = {
  name: string
  value: string
  /** What is aimed at, and whether it was reached; null: only told. */
  goal: string
  isMet: boolean | null
}

export type Bench = {
  readonly options: Options
  readonly random: Random
  /** A figure that is only told. */
  tell(name: string, value: string): void
  /** A figure that is to be at least, or at most, so much. */
  aim(name: string, value: number, goal: { atLeast?: number; atMost?: number; unit: string }): void
  say(line: string): void
}

export type Measure = { name: string; title: string; run(bench: Bench): Promise<void> }

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** Rounds to three digits. */
export function short(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(3))
}
