import { inkOn, readableOn, toneOf } from '@foyer/client/color.ts'

/** Of all that the brand's colour is written on, what is hardest to read it on: in the light the darkest, in the dark the lightest. */
const hardest = { light: '#f3efe8', dark: '#2a2622' }

/** The colours that follow from a brand's, by the names that the style sheets know them by. */
export function colorsOf(brand: string): Record<string, string> {
  const ink = inkOn(brand)
  return {
    '--brand': brand,
    '--ink': ink,
    // Moving away from the ink only makes what is written on it easier to read.
    '--shade': ink === '#ffffff' ? '#000000' : '#ffffff',
    '--light': toneOf(brand, '#ffffff'),
    '--dark': toneOf(brand, '#000000'),
    '--accent-on-light': readableOn(brand, hardest.light),
    '--accent-on-dark': readableOn(brand, hardest.dark),
  }
}

/** Brings the brand's colour in, through the object model: the frame's policy allows no inline style. */
export function wear(brand: string): void {
  const { style } = document.documentElement
  for (const [name, color] of Object.entries(colorsOf(brand))) style.setProperty(name, color)
}
