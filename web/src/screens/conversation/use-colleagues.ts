import type { Operator } from '@foyer/contract/operators.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { useMe, useOperators } from '../../session.ts'
import { useLocale } from '../../text.tsx'

/** The others of the organization: those first who are there, of them those who speak this language. */
export function useColleagues(language: Locale | null): Operator[] {
  const me = useMe()
  const locale = useLocale()
  return useOperators()
    .filter(({ id }) => id !== me.id)
    .sort(
      (a, b) =>
        Number(b.available) - Number(a.available) ||
        Number(speaks(b.languages, language)) - Number(speaks(a.languages, language)) ||
        a.name.localeCompare(b.name, locale),
    )
}

export function speaks(languages: readonly string[], language: Locale | null): language is Locale {
  return language !== null && languages.includes(language)
}
