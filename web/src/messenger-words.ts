import { loadPatiently } from '@foyer/client/load.ts'
import { createText, type Text } from '@foyer/client/text.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { useQuery } from '@tanstack/react-query'
import type en from '../../locales/en/messenger.json'

/** What a visitor may ask, for a picture of the messenger. */
type Question = 'widget.previewQuestion'
type Words = Text<keyof typeof en | Question>
type Parts = [{ default: typeof en }, { default: Readonly<Record<Question, string>> }]

const catalogues: Record<Locale, () => Promise<Parts>> = {
  en: () => Promise.all([import('../../locales/en/messenger.json'), import('../../locales/en/web.json')]),
  fr: () => Promise.all([import('../../locales/fr/messenger.json'), import('../../locales/fr/web.json')]),
  de: () => Promise.all([import('../../locales/de/messenger.json'), import('../../locales/de/web.json')]),
}

/** What the messenger says in a language where a widget has no words of its own; null while they are fetched. */
export function useMessengerWords(locale: Locale): Words | null {
  const { data } = useQuery({
    queryKey: ['messenger-words', locale],
    queryFn: async (): Promise<Words> => {
      const [messenger, web] = await loadPatiently(catalogues[locale])
      const question = web.default['widget.previewQuestion']
      return createText(locale, { ...messenger.default, 'widget.previewQuestion': question })
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ?? null
}
