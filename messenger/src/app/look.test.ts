import { readFileSync } from 'node:fs'
import { contrast } from '@foyer/client/color.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { colorsOf } from './look.ts'

const sheets = readFileSync(new URL('styles/base.css', import.meta.url), 'utf8')

/** A colour of the style sheet, in the light and in the dark. */
function given(name: string): { light: string; dark: string } {
  const [, light = '', dark = ''] =
    new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(sheets) ?? []
  return { light, dark }
}

const themes = ['light', 'dark'] as const
const papers = ['canvas', 'surface', 'sunk']
const anyBrand = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`)
const edges = ['#000000', '#ffffff', '#ffff00', '#00ff00', '#0000ff', '#767676', '#777777', '#1f5a4c']

function ofAnyBrand(holds: (colors: ReturnType<typeof colorsOf>) => boolean): void {
  fc.assert(
    fc.property(anyBrand, (brand) => holds(colorsOf(brand))),
    { numRuns: 1_000, examples: edges.map((brand): [string] => [brand]) },
  )
}

function measure(a: string | undefined, b: string | undefined): number {
  return contrast(a ?? '', b ?? '')
}

test('[X2] whatever the brand, what is written on its colour and on the tones of the first screen can be read', () => {
  ofAnyBrand((colors) =>
    ['--brand', '--light', '--dark'].every((on) => measure(colors['--ink'], colors[on]) >= 4.5),
  )
})

test('[X2] whatever the brand, links and the ring of the focus stand out from every paper in both themes', () => {
  for (const theme of themes) {
    for (const paper of papers) {
      const on = given(paper)[theme]
      expect(on).toMatch(/^#/)
      ofAnyBrand((colors) => measure(colors[`--accent-on-${theme}`], on) >= 4.5)
    }
  }
})

test('[X2] whatever the brand, initials can be read on the discs they stand on', () => {
  const [, disc] = /\.faces \.face \{\s+background: (#[0-9a-f]{6})/.exec(sheets) ?? []
  ofAnyBrand((colors) => measure(colors['--accent-on-light'], disc) >= 4.5)
})

test('[X2] words can be read on every paper, and the edge of a box be seen', () => {
  for (const theme of themes) {
    for (const paper of papers) {
      for (const ink of ['text', 'soft', 'bad'])
        expect(contrast(given(ink)[theme], given(paper)[theme]), `${ink} on ${paper}`).toBeGreaterThan(4.5)
    }
    expect(contrast(given('edge')[theme], given('surface')[theme])).toBeGreaterThan(3)
    expect(contrast(given('amber')[theme], given('amber-tint')[theme])).toBeGreaterThan(4.5)
    expect(contrast(given('text')[theme], given('bad-tint')[theme])).toBeGreaterThan(4.5)
  }
})
