import type { Locale } from '@foyer/contract/scalars.ts'
import { type Emoji, readEmoji } from './emoji.ts'
import { loadPatiently } from './load.ts'

/** A file a language, each loaded only by those who search in it. */
const words: Record<Locale, () => Promise<{ default: string }>> = {
  en: () => import('virtual:emoji-words-en'),
  fr: () => import('virtual:emoji-words-fr'),
  de: () => import('virtual:emoji-words-de'),
}

const loaded = new Map<Locale, Promise<Emoji[]>>()

/** All emoji, to be found in a language and in English. Loads what they are once; tries again for as long as the line is down. */
export function loadEmoji(locale: Locale): Promise<Emoji[]> {
  const known = loaded.get(locale)
  if (known) return known
  const languages: Locale[] = locale === 'en' ? ['en'] : [locale, 'en']
  const all = loadPatiently(() =>
    Promise.all([import('virtual:emoji-list'), ...languages.map((language) => words[language]())]),
  ).then(([list, ...said]) => readEmoji({ list: list.default, words: said.map((each) => each.default) }))
  loaded.set(locale, all)
  return all
}
