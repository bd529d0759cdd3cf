/** The colour where neither the site nor the server has named one. */
export const defaultColor = '#3b5bdb'

type Rgb = readonly [number, number, number]

/** Whether a text is a colour we take: `#rrggbb`. Nothing else ever reaches a style sheet. */
export function isColor(text: unknown): text is string {
  return typeof text === 'string' && /^#[0-9a-f]{6}$/i.test(text)
}

/** WCAG 2.2 contrast of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const first = luminance(parse(a))
  const second = luminance(parse(b))
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}

/** White where it can be read on the colour, else black; one of the two always reaches 4.5:1. */
export function inkOn(color: string): string {
  return contrast(color, '#ffffff') >= 4.5 ? '#ffffff' : '#000000'
}

/** The colour itself, moved towards black or white only as far as it takes to be read on a surface. */
export function readableOn(color: string, surface: string): string {
  const target = inkOn(surface) === '#ffffff' ? 255 : 0
  const rgb = parse(color)
  for (let step = 0; step < 20; step++) {
    const mixed = hex(rgb, target, step / 20)
    if (contrast(mixed, surface) >= 4.5) return mixed
  }
  return inkOn(surface)
}

/**
 * A lighter or a darker tone of a colour: a quarter of the way at most, and half of that where bright colours become murky; only
 * while `inkOn` the colour can be read on it.
 */
export function toneOf(color: string, towards: '#ffffff' | '#000000'): string {
  const ink = inkOn(color)
  const target = towards === '#ffffff' ? 255 : 0
  for (let step = ink === '#000000' && target === 0 ? 12 : 25; step > 0; step--) {
    const mixed = hex(parse(color), target, step / 100)
    if (contrast(mixed, ink) >= 4.5) return mixed
  }
  return color
}

function hex(rgb: Rgb, target: number, share: number): string {
  let text = '#'
  for (let index = 0; index < 3; index++) {
    const value = rgb[index] ?? 0
    text += Math.round(value + (target - value) * share + 256)
      .toString(16)
      .slice(1)
  }
  return text
}

function parse(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

function luminance(rgb: Rgb): number {
  return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
}

function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
