import { IntlMessageFormat } from 'intl-messageformat'
import { avoidedWords } from './avoided-words.ts'
import type { Check } from './check.ts'
import { filesBelow, isOfTests, isSource, read } from './files.ts'
import { sameInOtherLanguages } from './same-words.ts'

export const translations: Check = {
  name: 'translations',
  why: 'Nobody meets a missing, broken or half-translated sentence.',
  async run() {
    const files = filesBelow('locales').filter((file) => file.endsWith('.json'))
    const texts = new Map(files.map((file) => [file, JSON.parse(read(file)) as Texts]))
    const english = files.filter((file) => file.startsWith('locales/en/'))
    const others = [...new Set(files.map((file) => file.split('/')[1] ?? ''))].filter((name) => name !== 'en')
    return [
      ...files.flatMap((file) => readable(file, texts.get(file) ?? {})),
      ...english.flatMap((file) =>
        others.flatMap((locale) => {
          const other = file.replace('/en/', `/${locale}/`)
          return compared(other, texts.get(file) ?? {}, texts.get(other) ?? {})
        }),
      ),
      ...files
        .filter((file) => file.startsWith('locales/fr/'))
        .flatMap((file) => french(file, texts.get(file) ?? {})),
      ...files.flatMap((file) => avoided(file, texts.get(file) ?? {})),
      ...idle('web', texts.get('locales/en/web.json') ?? {}),
      ...idle('messenger', texts.get('locales/en/messenger.json') ?? {}),
    ]
  },
}

type Texts = Readonly<Record<string, string>>
/** A piece of a message as the formatter reads it. */
type Piece = {
  type: number
  value?: unknown
  options?: Record<string, { value: Piece[] }>
  children?: Piece[]
}

function piecesOf(message: string): Piece[] {
  return new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst() as unknown as Piece[]
}

/** Texts with a word that stands for an idea which has another one. */
export function avoided(file: string, texts: Texts): string[] {
  const place = file.replace('locales/', '')
  return Object.entries(texts).flatMap(([key, message]) =>
    avoidedWords
      // What stands between braces is the formatter's.
      .filter((one) => one.in.test(place) && one.word.test(message.replaceAll(/\{\w+(, \w+,)?/g, '')))
      .map((one) => `${file}: ${key} says "${one.word.exec(message)?.[0]}"; better: ${one.instead}`),
  )
}

export function readable(file: string, texts: Texts): string[] {
  return Object.entries(texts).flatMap(([key, message]) => {
    try {
      piecesOf(message)
      return message.trim() === '' ? [`${file}: ${key} is empty`] : []
    } catch (error) {
      return [`${file}: ${key} cannot be read by the formatter (${(error as Error).message})`]
    }
  })
}

/** What another language lacks, has too much, fills in otherwise, or leaves in English. */
export function compared(file: string, english: Texts, other: Texts): string[] {
  const missing = Object.keys(english).filter((key) => !Object.hasOwn(other, key))
  const extra = Object.keys(other).filter((key) => !Object.hasOwn(english, key))
  const both = Object.entries(english).filter(([key]) => Object.hasOwn(other, key))
  return [
    ...missing.map((key) => `${file}: ${key} is missing`),
    ...extra.map((key) => `${file}: ${key} is not in English`),
    ...both
      .filter(([key, message]) => filledIn(message) !== filledIn(other[key] ?? ''))
      .map(
        ([key, message]) =>
          `${file}: ${key} fills in {${filledIn(other[key] ?? '')}}, English {${filledIn(message)}}`,
      ),
    ...both
      .filter(
        ([key, message]) => message === other[key] && hasWords(message) && !sameInOtherLanguages.has(message),
      )
      .map(
        ([key, message]) =>
          `${file}: ${key} is "${message}" as in English (if it is right, add it to checks/same-words.ts)`,
      ),
  ]
}

/** The values a message is made with. */
function filledIn(message: string): string {
  try {
    return [...new Set(valuesIn(piecesOf(message)))].sort().join()
  } catch {
    return ''
  }
}

function valuesIn(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => [
    ...(piece.type === 0 || piece.type === 7 ? [] : [String(piece.value)]),
    ...Object.values(piece.options ?? {}).flatMap(({ value }) => valuesIn(value)),
    ...valuesIn(piece.children ?? []),
  ])
}

function wordsIn(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => [
    ...(piece.type === 0 ? [String(piece.value)] : []),
    ...Object.values(piece.options ?? {}).flatMap(({ value }) => wordsIn(value)),
    ...wordsIn(piece.children ?? []),
  ])
}

function hasWords(message: string): boolean {
  return wordsIn(piecesOf(message)).some((text) => /\p{L}{2}/u.test(text))
}

/** French puts a space that does not break before high punctuation and inside its quotation marks. */
export function french(file: string, texts: Texts): string[] {
  return Object.entries(texts).flatMap(([key, message]) => {
    let words: string[]
    try {
      words = wordsIn(piecesOf(message))
    } catch {
      return []
    }
    const isWrong = words.some(
      (text) =>
        /(?<![\u202f\u00a0!?;:])[;!?»]/.test(text) ||
        /(?<![\u202f\u00a0])(?<!\d(?=:\d)):(?!\/\/)/.test(text) ||
        /«(?![\u202f\u00a0])/.test(text),
    )
    return isWrong ? [`${file}: ${key} lacks a narrow no-break space (U+202F) at « » : ; ! or ?`] : []
  })
}

/** Texts of a front end that none of its sources names, whole or by how they begin. */
function idle(front: 'web' | 'messenger', texts: Texts): string[] {
  // What kinds of entries say to operators stands in the contract.
  const places = [`${front}/src`, ...(front === 'web' ? ['contract/entries'] : [])]
  const sources = places
    .flatMap((place) => filesBelow(place))
    .filter((file) => isSource(file) && !isOfTests(file))
    .map(read)
    .join('\n')
  return idleIn(sources, Object.keys(texts)).map((key) => `locales/en/${front}.json: nothing shows ${key}`)
}

export function idleIn(sources: string, keys: readonly string[]): string[] {
  const begun = [...sources.matchAll(/`([\w.]+)\$\{/g)].map((match) => match[1] ?? '')
  return keys.filter((key) => {
    if (sources.includes(`'${key}'`) || sources.includes(`"${key}"`)) return false
    // The loader gets its texts as one object without the prefix.
    const [, ofLoader] = /^launcher\.(\w+)$/.exec(key) ?? []
    if (ofLoader && new RegExp(`\\.${ofLoader}\\b`).test(sources)) return false
    return !begun.some((start) => key.startsWith(start))
  })
}
