import { loadPatiently } from '@foyer/client/load.ts'
import { createText, type Text } from '@foyer/client/text.ts'
import type english from '../../../../locales/en/voice.json'

export type VoiceText = Text<keyof typeof english>

/** One file a language, loaded with what records or plays. */
const catalogues = import.meta.glob<typeof english>('../../../../locales/*/voice.json', { import: 'default' })
const loaded = new Map<string, VoiceText>()

/** Loads what is said of voice messages in the page's language. */
export async function loadVoiceTexts(): Promise<void> {
  const { lang } = document.documentElement
  if (loaded.has(lang)) return
  const texts = await loadPatiently(async () => catalogues[`../../../../locales/${lang}/voice.json`]?.())
  loaded.set(lang, createText(lang, texts as typeof english))
}

/** What was loaded before anything of it is shown. */
export function voiceText(): VoiceText {
  const { lang } = document.documentElement
  return loaded.get(lang) ?? ((key) => key)
}
