export type Theme = 'light' | 'dark'
type Colour = { lightness: number; chroma: number; hue: number; alpha: number }
export type Token = { name: string } & Record<Theme, Colour>

const colour = /oklch\(\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)(?:\s*\/\s*([\d.]+)%)?\s*\)/
const token = /^\s*--([a-z-]+):\s*light-dark\((oklch\([^)]*\)),\s*(oklch\([^)]*\))\);/gm

/** The colours of `tokens.css`, in the order they are written. */
export function readColours(css: string): Token[] {
  return [...css.matchAll(token)].map(([, name = '', light = '', dark = '']) => ({
    name,
    light: parse(light),
    dark: parse(dark),
  }))
}

function parse(text: string): Colour {
  const [, lightness, chroma, hue, percent] = colour.exec(text) ?? []
  if (lightness === undefined) throw new Error(`No colour: ${text}`)
  return {
    lightness: Number(lightness),
    chroma: Number(chroma),
    hue: Number(hue),
    alpha: percent === undefined ? 1 : Number(percent) / 100,
  }
}

/** How far two colours are apart by WCAG, from 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance({ lightness, chroma, hue }: Colour): number {
  const angle = (hue * Math.PI) / 180
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)]
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ].map((value) => shown(value))
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0)
}

/** As a screen shows it: within what it can show, in 256 steps. */
function shown(linear: number): number {
  const kept = Math.min(1, Math.max(0, linear))
  const encoded = kept <= 0.0031308 ? 12.92 * kept : 1.055 * kept ** (1 / 2.4) - 0.055
  const step = Math.round(encoded * 255) / 255
  return step <= 0.04045 ? step / 12.92 : ((step + 0.055) / 1.055) ** 2.4
}

const papers = ['canvas', 'surface', 'raised', 'sunk', 'selected']
const words = 4.5
const lines = 3

/** What stands on what, and how far apart they must be: words more than lines. */
export const pairs: readonly { ink: string; ground: string; least: number }[] = [
  ...papers.flatMap((ground) =>
    ['ink', 'soft', 'faint', 'accent', 'accent-strong', 'ember', 'green', 'amber', 'red'].map((ink) => ({
      ink,
      ground,
      least: words,
    })),
  ),
  ...['canvas', 'surface', 'raised', 'sunk'].map((ground) => ({ ink: 'edge', ground, least: lines })),
  ...['accent', 'ember', 'green', 'amber', 'red'].flatMap((ink) => [
    { ink, ground: `${ink}-tint`, least: words },
    { ink: 'ink', ground: `${ink}-tint`, least: words },
    { ink: 'soft', ground: `${ink}-tint`, least: words },
  ]),
  { ink: 'on-accent', ground: 'accent', least: words },
  { ink: 'on-accent', ground: 'accent-strong', least: words },
  { ink: 'on-own', ground: 'own', least: words },
  { ink: 'on-ember', ground: 'ember', least: words },
  { ink: 'on-red', ground: 'red', least: words },
]
