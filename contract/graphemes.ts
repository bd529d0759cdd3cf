/*
 * Cutting texts where people see them end: between graphemes, never within an emoji, a flag or a letter with its accents.
 */

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The first graphemes of a text, with `…` behind them where there are more. */
export function cutText(text: string, most: number): string {
  // No grapheme is shorter than one unit.
  if (text.length <= most) return text
  let count = 0
  for (const { index } of graphemes.segment(text)) if (count++ === most) return `${text.slice(0, index)}…`
  return text
}

/**
 * The whole graphemes of a text that was cut by its code points, as the database cuts: one that came to be as long as that may
 * have lost the end of its last.
 */
export function wholeGraphemes(text: string, cutAt: number): string {
  if (text.length < cutAt || [...text].length < cutAt) return text
  let last = text.length
  for (const { index } of graphemes.segment(text)) last = index
  return `${text.slice(0, last)}…`
}
