import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barsOf, noLevels, peaksOf, spread, withLevel } from './waveform.ts'

const listen = (levels: readonly number[], everyMs = 50) =>
  levels.reduce((all, level, index) => withLevel(all, index * everyMs, level), noLevels)

test('[C9] however long a recording is, it has one to a hundred peaks from 0 to 100', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1, max: 3, noNaN: true }), { maxLength: 3_000 }), (levels) => {
      const { values } = listen(levels)
      expect(values.length).toBeLessThanOrEqual(400)
      const peaks = peaksOf(listen(levels))
      expect(peaks.length).toBeGreaterThanOrEqual(1)
      expect(peaks.length).toBeLessThanOrEqual(100)
      expect(peaks.every((peak) => Number.isInteger(peak) && peak >= 0 && peak <= 100)).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('[C9] ten minutes fold into few levels, and what was loud stays where it was', () => {
  const all = Array.from({ length: 12_000 }, (_, index) => (index === 9_000 ? 1 : 0.1))
  const peaks = peaksOf(listen(all))
  expect(peaks.indexOf(100) / peaks.length).toBeCloseTo(0.75, 1)
})

test('[C9] a tab in the background is listened to less often: the gaps are as what came before', () => {
  const { values } = [0.2, 0.8, 0.4].reduce(
    (all, level, index) => withLevel(all, index * 1_000, level),
    noLevels,
  )
  expect(values).toHaveLength(41)
  expect(values.slice(1, 20).every((value) => value === 0.2)).toBe(true)
  expect(values[30]).toBe(0.8)
})

test('[C9] silence is drawn small, not blown up', () => {
  expect(Math.max(...peaksOf(listen([0.01, 0.02, 0.01])))).toBeLessThan(20)
  expect(peaksOf(noLevels)).toEqual([0])
})

test('[C9] any number of bars is drawn of any number of peaks', () => {
  expect(spread([1, 5, 2, 3], 2)).toEqual([5, 3])
  expect(spread([7], 3)).toEqual([7, 7, 7])
  expect(barsOf([0, 100], { step: 4, height: 28 }).match(/M/g)).toHaveLength(2)
})
