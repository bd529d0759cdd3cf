import type { Pieces } from './ui/passage.tsx'

/** How well a name fits the words that are looked for: the less, the better; and the name with their letters marked. */
export type Fit = { rank: number; pieces: Pieces }

/** How the words stand in a name, from best to worst. */
const ranks = { whole: 0, start: 1, words: 2, inside: 3, about: 4 }

type Folded = {
  text: string
  /** For each sign of the text, where it stands in the original; null: where it stands in the text. */
  at: readonly number[] | null
}

const plainest = /^[ -~]*$/

/** Letters without case and accents, so that `elodie` finds `Élodie`. */
function fold(original: string): Folded {
  // Most texts are the same sign by sign, and there are many of them at each press of a key.
  if (plainest.test(original)) return { text: original.toLowerCase(), at: null }
  let text = ''
  const at: number[] = []
  let place = 0
  for (const sign of original) {
    const plain = sign
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace('ß', 'ss')
      .replace('œ', 'oe')
    for (let index = 0; index < plain.length; index++) at.push(place)
    text += plain
    place += sign.length
  }
  at.push(place)
  return { text, at }
}

const wordsOf = (asked: string) => fold(asked).text.split(/\s+/u).filter(Boolean)

/** Where a word stands in a text: at the start of one of its words if it does, else anywhere. */
function placeOf(text: string, word: string): { at: number; starts: boolean } | null {
  let inside = -1
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return { at, starts: true }
    if (inside < 0) inside = at
  }
  // One letter stands in every word.
  return inside < 0 || word.length < 2 ? null : { at: inside, starts: false }
}

/**
 * Whether every word that is asked for stands in a name, or failing that in what it is about; null where one does not.
 * A name that begins with them comes before one that has them further in, and that before what is only about them.
 */
export function matchWords(asked: string, name: string, about = ''): Fit | null {
  return fitWords(wordsOf(asked), name, about)
}

function fitWords(words: readonly string[], name: string, about: string): Fit | null {
  if (words.length === 0) return { rank: ranks.whole, pieces: [{ text: name, marked: false }] }
  const folded = fold(name)
  const places = words.map((word) => ({ word, place: placeOf(folded.text, word) }))
  const missing = places.filter(({ place }) => place === null)
  const ranges = places.flatMap(({ word, place }) =>
    place ? [{ from: folded.at?.[place.at] ?? place.at, to: endOf(folded, place.at + word.length) }] : [],
  )
  const pieces = mark(name, ranges)
  if (missing.length > 0) {
    const more = fold(about).text
    return missing.every(({ word }) => word.length > 1 && placeOf(more, word)?.starts)
      ? { rank: ranks.about, pieces }
      : null
  }
  const all = words.join(' ')
  if (folded.text === all) return { rank: ranks.whole, pieces }
  if (folded.text.startsWith(all)) return { rank: ranks.start, pieces }
  return { rank: places.every(({ place }) => place?.starts) ? ranks.words : ranks.inside, pieces }
}

/** Where a sign ends in the original of which a folded text ends here. */
function endOf({ at }: Folded, end: number): number {
  if (!at) return end
  const last = at[end - 1]
  const next = at.slice(end).find((place) => place !== last)
  return next ?? at.at(-1) ?? 0
}

function mark(name: string, ranges: readonly { from: number; to: number }[]): Pieces {
  const pieces: { text: string; marked: boolean }[] = []
  let done = 0
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const start = Math.max(from, done)
    if (to <= start) continue
    if (start > done) pieces.push({ text: name.slice(done, start), marked: false })
    pieces.push({ text: name.slice(start, to), marked: true })
    done = to
  }
  if (done < name.length) pieces.push({ text: name.slice(done), marked: false })
  return pieces
}

/** What fits, best first; what fits equally well stays in its order. */
export function bestFirst<Item>(
  asked: string,
  items: readonly Item[],
  textsOf: (item: Item) => { name: string; about?: string },
): { item: Item; fit: Fit }[] {
  const words = wordsOf(asked)
  return items
    .flatMap((item) => {
      const { name, about } = textsOf(item)
      const found = fitWords(words, name, about ?? '')
      return found ? [{ item, fit: found }] : []
    })
    .sort((a, b) => a.fit.rank - b.fit.rank)
}
