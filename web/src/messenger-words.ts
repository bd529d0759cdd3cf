import { loadPatiently } from '@foyer/client/load.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { useQuery } from '@tanstack/react-query'
import type en from '../../locales/en/messenger.json'

type Words = Readonly<Record<keyof typeof en, string>>

const catalogues: Record<Locale, () => Promise<{ default: Words }>> = {
  en: () => import('../../locales/en/messenger.json'),
  fr: () => import('../../locales/fr/messenger.json'),
  de: () => import('../../locales/de/messenger.json'),
}

/** What the messenger says in a language where a widget has no words of its own; null while they are fetched. */
export function useMessengerWords(locale: Locale): Words | null {
  const { data } = useQuery({
    queryKey: ['messenger-words', locale],
    queryFn: async () => (await loadPatiently(catalogues[locale])).default,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ?? null
}
