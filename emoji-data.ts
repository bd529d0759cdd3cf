import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type EmojiSource, plainWords, withTone } from './client/emoji.ts'

/*
 * What the emoji pickers know, cut from emojibase's data to what they show: the emoji themselves once, and a file of words a
 * language, each in the order of the emoji.
 */

/** What is newer, common systems have no picture of yet. */
const newestVersion = 15

type Given = {
  emoji: string
  label: string
  hexcode: string
  version: number
  /** Parts of other emoji have none, or one of their own. */
  group?: number
  order?: number
  tags?: string[]
  skins?: { emoji: string; tone: number | number[] }[]
}

/** In emojibase's order; `2` are the parts that others are made of. */
const groups = [
  'smileys',
  'people',
  null,
  'animals',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
]

const require = createRequire(import.meta.url)

function given<Shape>(path: string): Shape {
  // The package's files have the shapes that its documentation says; the tests of the client walk through what comes out.
  return JSON.parse(readFileSync(require.resolve(`emojibase-data/${path}`), 'utf8')) as Shape
}

function shown(locale: string): Given[] {
  return given<Given[]>(`${locale}/data.json`)
    .filter(({ group, version }) => group !== undefined && groups[group] && version <= newestVersion)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((each) => ({ ...each, emoji: qualified(each.emoji) }))
}

/** As other programs send it: what is a picture anyway is not told to be one, so that the same is the same to all. */
function qualified(emoji: string): string {
  return emoji.replace(/(\p{Emoji_Presentation})\ufe0f/gu, '$1')
}

/** The emoji by group; one whose skin tone can be chosen has `*` behind it. */
export function emojiList(): EmojiSource['list'] {
  const all = shown('en')
  return groups.flatMap((name, index) => {
    if (name === null) return []
    const own = all.filter(({ group }) => group === index)
    return [[name, own.map((each) => each.emoji + (isToned(each) ? '*' : '')).join(' ')] as const]
  })
}

/** A line an emoji: its name, its other words made plain, and in English its short names, parted by `|`. */
export function emojiWords(locale: string): string {
  const short = locale === 'en' ? given<Record<string, string | string[]>>('en/shortcodes/github.json') : {}
  return shown(locale)
    .map(({ label, tags = [], hexcode }) => {
      const others = new Set(tags.map(plainWords).filter((tag) => tag !== '' && tag !== plainWords(label)))
      return [label, [...others].join(','), [short[hexcode] ?? []].flat().join(',')]
        .join('|')
        .replace(/\|+$/, '')
    })
    .join('\n')
}

/** Whether each tone of it is what `withTone` makes of it. */
function isToned({ emoji, skins = [] }: Given): boolean {
  const single = skins.filter(
    (skin): skin is { emoji: string; tone: number } => typeof skin.tone === 'number',
  )
  return single.length > 0 && single.every((skin) => withTone(emoji, skin.tone) === qualified(skin.emoji))
}

/** For both front ends: `virtual:emoji-list`, and `virtual:emoji-words-<language>`. */
export function emojiData() {
  const prefix = '\0virtual:emoji-'
  return {
    name: 'emoji-data',
    resolveId: (id: string) => (id.startsWith('virtual:emoji-') ? `\0${id}` : null),
    load(id: string) {
      if (!id.startsWith(prefix)) return null
      const name = id.slice(prefix.length)
      const data = name === 'list' ? emojiList() : emojiWords(name.slice('words-'.length))
      return `export default ${JSON.stringify(data)}`
    },
  }
}
