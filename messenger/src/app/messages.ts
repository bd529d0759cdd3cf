import { loadPatiently } from '@foyer/client/load.ts'
import { createText, type Text } from '@foyer/client/text.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import type english from '../../../locales/en/messenger.json'

/** Every text but the launcher's, which stand in the loader. */
export type MessageKey = Exclude<keyof typeof english, `launcher.${string}`>
export type Translate = Text<MessageKey>
type Catalogue = Record<MessageKey, string>

/** One file a language, each loaded only by those who read it. */
const catalogues = import.meta.glob<Catalogue>('../../../locales/*/messenger.json', { import: 'default' })

const pathOf = (locale: string) => `../../../locales/${locale}/messenger.json`

/** The first of the wishes that we speak, by language: what the site says, the browser's languages, the widget's. */
export function chooseLocale(...wishes: (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const language = wish?.slice(0, 2).toLowerCase()
    if (language && pathOf(language) in catalogues) return language as Locale
  }
  return 'en'
}

/** Texts of a language; the build has put English where a text is missing. */
export async function loadTexts(locale: Locale): Promise<Translate> {
  const catalogue = await loadPatiently(async () => catalogues[pathOf(locale)]?.())
  return createText<MessageKey>(locale, catalogue as Catalogue)
}
