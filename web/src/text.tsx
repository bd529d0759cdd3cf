import { loadPatiently } from '@foyer/client/load.ts'
import { createText, type Text } from '@foyer/client/text.ts'
import type { ErrorCode } from '@foyer/contract/errors.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import type enErrors from '../../locales/en/errors.json'
import type enWeb from '../../locales/en/web.json'
import { readKept, writeKept } from './ui/kept.ts'

export type TextKey = keyof typeof enWeb
type Catalogue = { t: Text<TextKey>; errorText: Text<keyof typeof enErrors>; locale: Locale }

/** One dynamic import a language: only the one that is shown is loaded. */
const catalogues: Record<Locale, () => Promise<[{ default: typeof enWeb }, { default: typeof enErrors }]>> = {
  en: () => Promise.all([import('../../locales/en/web.json'), import('../../locales/en/errors.json')]),
  fr: () => Promise.all([import('../../locales/fr/web.json'), import('../../locales/fr/errors.json')]),
  de: () => Promise.all([import('../../locales/de/web.json'), import('../../locales/de/errors.json')]),
}

/** Each language under its own name. */
export const languages: readonly { value: Locale; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'Français' },
  { value: 'de', label: 'Deutsch' },
]

const Context = createContext<Catalogue | null>(null)

/** The language before anyone has logged in: the one used last on this browser, or what the browser asks for. */
export function browserLocale(): Locale {
  const wanted = [readKept<string>('locale') ?? '', ...navigator.languages]
  for (const tag of wanted) {
    const known = languages.find(({ value }) => tag.toLowerCase().split('-')[0] === value)
    if (known) return known.value
  }
  return 'en'
}

/** Gives everything below it the texts of a language; the old language stays until the new one is there. */
export function TextProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  const [catalogue, setCatalogue] = useState<Catalogue | null>(null)
  useEffect(() => {
    let dropped = false
    void loadPatiently(catalogues[locale]).then(([web, errors]) => {
      if (dropped) return
      setCatalogue({
        t: createText<TextKey>(locale, web.default),
        errorText: createText<keyof typeof enErrors>(locale, errors.default),
        locale,
      })
      document.documentElement.lang = locale
      writeKept('locale', locale)
    })
    return () => {
      dropped = true
    }
  }, [locale])
  if (!catalogue) return null
  return (
    <Context value={catalogue}>
      <I18nProvider locale={catalogue.locale}>{children}</I18nProvider>
    </Context>
  )
}

function useCatalogue(): Catalogue {
  const catalogue = useContext(Context)
  if (!catalogue) throw new Error('Text is used outside of TextProvider.')
  return catalogue
}

export const useText = (): Text<TextKey> => useCatalogue().t
export const useLocale = (): Locale => useCatalogue().locale

/** What a failed call means, in the words of the language. */
export function useErrorText(): (code: ErrorCode | 'network') => string {
  const { errorText } = useCatalogue()
  return (code) => errorText(code)
}
