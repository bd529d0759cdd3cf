import { loadPatiently } from '@foyer/client/load.ts'
import { createText, type Text } from '@foyer/client/text.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { use } from 'react'
import type english from '../../../../../locales/en/voice.json'
import { useLocale } from '../../../text.tsx'

export type VoiceKey = keyof typeof english
export type VoiceText = Text<VoiceKey>

/** Loaded with what records and plays. */
const catalogues: Record<Locale, () => Promise<{ default: typeof english }>> = {
  en: () => import('../../../../../locales/en/voice.json'),
  fr: () => import('../../../../../locales/fr/voice.json'),
  de: () => import('../../../../../locales/de/voice.json'),
}
const loaded = new Map<Locale, Promise<VoiceText>>()

/** What recorder and player say; whoever asks waits for it in the place around them. */
export function useVoiceText(): VoiceText {
  const locale = useLocale()
  let text = loaded.get(locale)
  if (!text) {
    text = loadPatiently(catalogues[locale]).then((texts) => createText(locale, texts.default))
    loaded.set(locale, text)
  }
  return use(text)
}
