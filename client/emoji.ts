/*
 * The emoji that can be picked, and how they are found. What is known of them is loaded by `emoji-load.ts`, when a picker opens.
 */

/** As the build cuts it (`emoji-data.ts`): the emoji by group, and the words of languages in the same order. */
export type EmojiSource = {
  list: readonly (readonly [group: string, emoji: string])[]
  /** The reader's language first; English may be the second. */
  words: readonly string[]
}

export type Emoji = {
  emoji: string
  group: string
  /** In the reader's language. */
  name: string
  /** Whether it has skin tones. */
  isToned: boolean
  /** Plain, without accents and capitals. */
  names: readonly string[]
  tags: readonly string[]
  shortNames: readonly string[]
}

/** 0 is the yellow of no person's skin; 1 to 5 go from light to dark. */
export type Tone = 0 | 1 | 2 | 3 | 4 | 5
export const tones: readonly Tone[] = [0, 1, 2, 3, 4, 5]

const modifiers = ['', '🏻', '🏼', '🏽', '🏾', '🏿']

/** An emoji in a skin tone: every person and hand in it gets it, but not the hands by which two people hold each other. */
export function withTone(emoji: string, tone: number): string {
  const modifier = modifiers[tone] ?? ''
  if (modifier === '') return emoji
  return emoji.replace(/(?<!\u200d(?=🤝))(\p{Emoji_Modifier_Base})\ufe0f?/gu, `$1${modifier}`)
}

/** An emoji whatever its tone, to be compared with others. */
export function untoned(emoji: string): string {
  return emoji.replace(/\p{Emoji_Modifier}|\ufe0f/gu, '')
}

/** The emoji in the order in which they are shown. */
export function readEmoji({ list, words }: EmojiSource): Emoji[] {
  const lines = words.map((text) => text.split('\n'))
  let at = 0
  return list.flatMap(([group, all]) =>
    all.split(' ').map((marked) => {
      const said = lines.map((each) => (each[at] ?? '').split('|'))
      at++
      const isToned = marked.length > 1 && marked.endsWith('*')
      return {
        emoji: isToned ? marked.slice(0, -1) : marked,
        group,
        isToned,
        name: said[0]?.[0] ?? '',
        names: said.map(([name = '']) => plainWords(name)),
        tags: said.flatMap(([, tags = '']) => (tags === '' ? [] : tags.split(','))),
        shortNames: said.flatMap(([, , short = '']) => (short === '' ? [] : short.split(','))),
      }
    }),
  )
}

/** What is meant by some words, the best first: each word must begin a word of its names or tags. */
export function findEmoji(all: readonly Emoji[], query: string, most: number): Emoji[] {
  const wanted = plainWords(query)
  if (wanted === '') return []
  const short = query.trim().toLowerCase().replace(/\s+/g, '_')
  const words = wanted.split(/[\s_]+/).filter(Boolean)
  return all
    .map((each, order) => ({ each, order, rank: rankOf(each, short, wanted, words) }))
    .filter(({ rank }) => rank < none)
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .slice(0, most)
    .map(({ each }) => each)
}

const none = 9

function rankOf({ shortNames, names, tags }: Emoji, short: string, wanted: string, words: string[]): number {
  if (shortNames.includes(short) || names.includes(wanted)) return 0
  if (shortNames.some((name) => name.startsWith(short))) return 1
  if (tags.includes(wanted)) return 2
  if (names.some((name) => name.startsWith(wanted))) return 3
  const begins = (text: string, word: string) => text.startsWith(word) || text.includes(` ${word}`)
  if (words.every((word) => names.some((name) => begins(name, word)))) return 4
  return words.every((word) => [...names, ...tags].some((text) => begins(text, word))) ? 5 : none
}

/** Words by which something is found: without accents and capitals, apostrophes and hyphens parting them. */
export function plainWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/œ/g, 'oe')
    .replace(/[^\p{L}\p{N}+]+/gu, ' ')
    .trim()
}

/** Those picked last first, each once. */
export function withRecent(recent: readonly string[], picked: string, most: number): string[] {
  return [picked, ...recent.filter((each) => each !== picked)].slice(0, most)
}
