import { loadPatiently } from '@foyer/client/load.ts'
import { createText, type Text } from '@foyer/client/text.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import type english from '../../locales/en/emoji.json'

export type EmojiText = Text<keyof typeof english>

/** Loaded with the picker, which most never open. */
const catalogues: Record<Locale, () => Promise<{ default: typeof english }>> = {
  en: () => import('../../locales/en/emoji.json'),
  fr: () => import('../../locales/fr/emoji.json'),
  de: () => import('../../locales/de/emoji.json'),
}

/** What a picker says in a language. */
export async function loadEmojiTexts(locale: Locale): Promise<EmojiText> {
  return createText(locale, (await loadPatiently(catalogues[locale])).default)
}
