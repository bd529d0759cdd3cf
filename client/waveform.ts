import { mostPeaks } from '@foyer/contract/voice.ts'

/** How loud a recording was, each value the loudest of so many milliseconds, from 0 to 1. */
export type Levels = { readonly spanMs: number; readonly values: readonly number[] }

const finestMs = 50
/** With more of them each would be drawn thinner than a hair; two become one. */
const mostLevels = 4 * mostPeaks
/** What is quieter than this stays small: a silent room is not blown up to fill the drawing. */
const quietest = 0.15

export const noLevels: Levels = { spanMs: finestMs, values: [] }

/** Adds how loud it is `at` a moment of the recording, in milliseconds. What nobody listened to was as what came before it. */
export function withLevel({ spanMs, values }: Levels, at: number, level: number): Levels {
  const place = Math.floor(at / spanMs)
  if (place >= mostLevels) return withLevel(halved({ spanMs, values }), at, level)
  const next = [...values]
  const before = next.at(-1) ?? level
  while (next.length < place) next.push(before)
  next[place] = Math.max(next[place] ?? 0, Math.min(1, Math.max(0, level)))
  return { spanMs, values: next }
}

function halved({ spanMs, values }: Levels): Levels {
  const pairs = Array.from({ length: Math.ceil(values.length / 2) }, (_, pair) =>
    Math.max(values[2 * pair] ?? 0, values[2 * pair + 1] ?? 0),
  )
  return { spanMs: spanMs * 2, values: pairs }
}

/** A recording as it is stored to be drawn: at least one peak and at most a hundred, from 0 to 100, the loudest being 100. */
export function peaksOf({ values }: Levels): number[] {
  const most = values.reduce((a, b) => Math.max(a, b), quietest)
  const peaks = spread(values, Math.min(mostPeaks, values.length)).map((value) =>
    Math.round((value / most) * 100),
  )
  return peaks.length > 0 ? peaks : [0]
}

/** As many values as are wanted, each the loudest of its share. */
export function spread(values: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * values.length) / count)
    const to = Math.max(from + 1, Math.floor(((index + 1) * values.length) / count))
    return values.slice(from, to).reduce((a, b) => Math.max(a, b), 0)
  })
}

/** Bars that stand in the middle of a height, as the path of a stroke with round ends; each has `step` of the width. */
export function barsOf(peaks: readonly number[], { step, height }: { step: number; height: number }): string {
  return peaks
    .map((peak, index) => {
      const half = Math.max(0.01, (peak / 100) * (height / 2 - step / 3))
      return `M${round((index + 0.5) * step)} ${round(height / 2 - half)}v${round(2 * half)}`
    })
    .join('')
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
