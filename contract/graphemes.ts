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
 * The whole graphemes of a text of which the database has kept one code point more than are shown: where that is there, the text is
 * longer, and ends with … instead of half a grapheme. A first grapheme that is longer itself is cut.
 */
export function wholeGraphemes(text: string, most: number): string {
  if (text.length <= most) return text
  const points = [...text]
  if (points.length <= most) return text
  const shown = points.slice(0, most).join('')
  let last = 0
  for (const { index } of graphemes.segment(text)) if (index <= shown.length) last = index
  return `${text.slice(0, last) || shown}…`
}
