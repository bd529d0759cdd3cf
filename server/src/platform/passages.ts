/*
 * Where the words of a search stand in a text. What differs only in writing is the same here as in the database
 * (`search_fold` and its neighbours in the migrations), which has found the text.
 */

/** A part of a text, and whether it is what was looked for. */
export type Piece = { text: string; marked: boolean }

/** A passage is about so long, in UTF-16 units, and has so many before what was found. */
const passageLength = 160
const before = 40

const marks =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: signs that join others are meant, each by itself
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff\ufe0e\ufe0f\u20d0-\u20ff]/gu
const alnum = /[\p{Alphabetic}\p{N}]/u
const digit = /\p{Nd}/u
const unspaced =
  /[\u0e01-\u0e7f\u0e81-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u
const likeOthers: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  ς: 'σ',
  ى: 'ي',
  ة: 'ه',
  ٱ: 'ا',
}
/** Zeros of the scripts whose digits are read. */
const zeros = [0x660, 0x6f0, 0x966]

/** One sign without case, accents and the like; empty for a mark. */
function fold(sign: string): string {
  const plain = sign.toLowerCase().normalize('NFKD').replace(marks, '').toLowerCase()
  let made = ''
  for (const each of plain) {
    const zero = zeros.find(
      (code) => each >= String.fromCodePoint(code) && each <= String.fromCodePoint(code + 9),
    )
    made += likeOthers[each] ?? (zero === undefined ? each : String((each.codePointAt(0) ?? zero) - zero))
  }
  return made.normalize('NFC')
}

/** The letters and digits of a text alone, folded, each with its place in the text and whether a word may begin there. */
type Squeezed = { signs: string; from: number[]; to: number[]; begins: boolean[] }

function squeeze(text: string): Squeezed {
  const squeezed: Squeezed = { signs: '', from: [], to: [], begins: [] }
  let last: 'gap' | 'letter' | 'digit' | 'unspaced' = 'gap'
  let place = 0
  for (const sign of text) {
    for (const each of fold(sign)) {
      const is = unspaced.test(each)
        ? 'unspaced'
        : digit.test(each)
          ? 'digit'
          : alnum.test(each)
            ? 'letter'
            : 'gap'
      if (is !== 'gap') {
        const begins =
          last === 'gap' || is === 'unspaced' || last === 'unspaced' || (last === 'letter' && is === 'digit')
        for (const unit of each.split('')) {
          squeezed.signs += unit
          squeezed.from.push(place)
          squeezed.to.push(place + sign.length)
          squeezed.begins.push(begins)
        }
      }
      last = is
    }
    place += sign.length
  }
  return squeezed
}

type Range = { from: number; to: number }

/** Where a needle stands, word by word; a long number also behind what a country puts before it. */
function rangesOf({ signs, from, to, begins }: Squeezed, needle: string): Range[] {
  const ranges: Range[] = []
  const isNumber = /^\d{6,}$/.test(needle)
  for (let at = signs.indexOf(needle); needle && at >= 0; at = signs.indexOf(needle, at + 1)) {
    if (!begins[at] && !isNumber) continue
    ranges.push({ from: from[at] ?? 0, to: to[at + needle.length - 1] ?? 0 })
  }
  return ranges
}

/** What is looked for: what is quoted, a number, or what stands between spaces; each joined, and in its parts. */
function needlesOf(words: string): { joined: string[]; parts: string[] }[] {
  const text = words.normalize('NFC')
  const chunks = /^[\s+\d()./-]*$/.test(text)
    ? [text]
    : [...text.matchAll(/["“”„«»]([^"“”„«»]+)["“”„«»]|[^\s"“”„«»]+/gu)].map((found) => found[1] ?? found[0])
  return chunks.map((chunk) => {
    const joined = squeeze(chunk.replace('(0)', '')).signs
    const bare = joined.replace(/^0+/, '')
    const isNumber = /^\d{7,}$/.test(joined)
    const forms = isNumber ? [joined, bare, bare.slice(1), bare.slice(2), bare.slice(3)] : [joined]
    const parts = chunk.split(/[^\p{Alphabetic}\p{N}\p{M}]+/u).map((part) => squeeze(part).signs)
    return { joined: forms.filter((form) => !isNumber || form.length >= 6), parts }
  })
}

/**
 * The passage of a text in which the words of a search first stand, in one line, with the words marked; its beginning where
 * they do not. The pieces are text as it was written: whoever shows them escapes them.
 */
export function passageOf(written: string, words: string): Piece[] {
  const text = written.normalize('NFC')
  const squeezed = squeeze(text)
  const ranges = needlesOf(words)
    .flatMap(({ joined, parts }) => {
      for (const needle of joined) {
        const found = rangesOf(squeezed, needle)
        if (found.length > 0) return found
      }
      return parts.flatMap((part) => rangesOf(squeezed, part))
    })
    .sort((a, b) => a.from - b.from || b.to - a.to)
  const window = windowOf(text, ranges[0])
  const pieces: Piece[] = []
  let place = window.from
  const add = (to: number, marked: boolean) => {
    const part = text.slice(place, to).replace(/\s+/gu, ' ')
    if (part) pieces.push({ text: part, marked })
    place = Math.max(place, to)
  }
  if (window.from > 0) pieces.push({ text: '…', marked: false })
  for (const { from, to } of ranges) {
    if (from >= window.to || to <= place) continue
    add(Math.max(from, place), false)
    add(Math.min(to, window.to), true)
  }
  add(window.to, false)
  if (window.to < text.length) pieces.push({ text: '…', marked: false })
  return pieces
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The stretch that is shown: it begins and ends between graphemes, at a space where there is one near. */
function windowOf(text: string, first: Range | undefined): Range {
  if (text.length <= passageLength) return { from: 0, to: text.length }
  const begin = Math.max(0, (first?.from ?? 0) - before)
  // What comes before is long enough for a grapheme that is cut by the slice to have ended.
  const slice = Math.max(0, begin - before)
  const ends = [...graphemes.segment(text.slice(slice, begin + 2 * passageLength))].map(
    ({ index }) => slice + index,
  )
  const near = ends.filter((index) => index >= begin && index <= (first?.from ?? 0))
  const from = begin === 0 ? 0 : (near.find((index) => /\s/.test(text[index - 1] ?? '')) ?? near[0] ?? begin)
  const end = Math.max(from + passageLength, first?.to ?? 0)
  if (end >= text.length) return { from, to: text.length }
  const far = ends.filter((index) => index > (first?.to ?? from) && index <= end)
  return { from, to: far.findLast((index) => /\s/.test(text[index] ?? '')) ?? far.at(-1) ?? end }
}
