import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contrast, inkOn, isColor, readableOn, toneOf } from './color.ts'

const anyColor = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`)

test('text on any brand colour reaches 4.5:1', () => {
  fc.assert(
    fc.property(anyColor, (color) => contrast(color, inkOn(color)) >= 4.5),
    { numRuns: 2_000 },
  )
})

test('any brand colour used as text on a light or a dark surface reaches 4.5:1', () => {
  fc.assert(
    fc.property(anyColor, fc.constantFrom('#ffffff', '#f4f4f6', '#17181c', '#000000'), (color, surface) => {
      return contrast(readableOn(color, surface), surface) >= 4.5
    }),
    { numRuns: 2_000 },
  )
})

test('a colour that can already be read is left alone', () => {
  expect(readableOn('#3b5bdb', '#ffffff')).toBe('#3b5bdb')
})

test('contrast is the one of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

test('only #rrggbb counts as a colour', () => {
  expect(isColor('#A1b2c3')).toBe(true)
  for (const text of ['red', '#fff', '#12345g', '#123456;}', 'url(x)', 5, null])
    expect(isColor(text)).toBe(false)
})

test('what is written on a colour can be read on its tones, too', () => {
  fc.assert(
    fc.property(anyColor, fc.constantFrom('#ffffff' as const, '#000000' as const), (color, towards) => {
      return contrast(toneOf(color, towards), inkOn(color)) >= 4.5
    }),
    { numRuns: 2_000 },
  )
})
