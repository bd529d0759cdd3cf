import type { MessengerConfig } from '@foyer/contract/messenger.ts'
import type { Locale } from '@foyer/contract/scalars.ts'

/** What a widget says in its own words, in the language that is spoken; null: the usual ones. */
export type Wording = {
  welcome: string | null
  away: string | null
  privacy: { url: string; text: string | null } | null
}

export function wordingOf(
  { texts, privacy, locale: own }: Pick<MessengerConfig, 'texts' | 'privacy' | 'locale'>,
  spoken: Locale,
): Wording {
  const say = (of: Partial<Record<Locale, string>>) => of[spoken] ?? of[own] ?? null
  return {
    welcome: say(texts.welcome),
    away: say(texts.away),
    privacy: privacy && { url: privacy.url, text: say(privacy.text) },
  }
}
