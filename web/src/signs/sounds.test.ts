import { soundNames } from '@foyer/contract/signs.ts'
import { expect, test } from 'vitest'
import { synthesize } from './sounds.ts'

test.each(soundNames)('[Y3] %s is short, begins and ends in silence, and is never too loud', (name) => {
  const samples = synthesize(name, 44_100)
  expect(samples.length / 44_100).toBeLessThan(1.5)
  expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.01)
  expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(0.001)
  const highest = samples.reduce((high, sample) => Math.max(high, Math.abs(sample)), 0)
  expect(highest).toBeGreaterThan(0.7)
  expect(highest).toBeLessThanOrEqual(0.81)
})

test('[Y3] each is a sound of its own', () => {
  const prints = soundNames.map((name) => synthesize(name, 8_000).slice(0, 2_000).join())
  expect(new Set(prints).size).toBe(soundNames.length)
})
