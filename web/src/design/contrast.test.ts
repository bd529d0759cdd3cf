/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contrast, pairs, readColours, type Theme } from './contrast.ts'

const css = readFileSync(new URL('../tokens.css', import.meta.url), 'utf8')
const colours = new Map(readColours(css).map((each) => [each.name, each]))

function between(ink: string, ground: string, theme: Theme): number {
  const [one, other] = [colours.get(ink), colours.get(ground)]
  if (!one || !other) throw new Error(`There is no ${one ? ground : ink}`)
  return contrast(one[theme], other[theme])
}

test('what is black and white is 21 apart, and what is the same 1', () => {
  const [black, white] = [0, 1].map((lightness) => ({ lightness, chroma: 0, hue: 0, alpha: 1 }))
  if (!black || !white) throw new Error('Both are there')
  expect(contrast(black, white)).toBeCloseTo(21, 5)
  expect(contrast(white, white)).toBe(1)
})

test.each(['light', 'dark'] as const)('what stands on what can be read: %s', (theme) => {
  const measured = pairs.map((pair) => ({ ...pair, is: between(pair.ink, pair.ground, theme) }))
  expect(measured.length).toBeGreaterThan(50)
  expect(
    measured
      .filter(({ is, least }) => is < least)
      .map(({ ink, ground, is }) => `${ink} on ${ground}: ${is.toFixed(2)}`),
  ).toEqual([])
})
