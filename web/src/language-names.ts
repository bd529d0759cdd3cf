import { useMemo } from 'react'
import { useLocale } from './text.tsx'

/** What a language is called in mine, as it stands within a sentence. */
export function useLanguageName(): (code: string) => string {
  const locale = useLocale()
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'language' })
    return (code) => names.of(code) ?? code
  }, [locale])
}

/** What languages are called where they stand by themselves, one or several. */
export function useLanguageTitle(): (...codes: string[]) => string {
  const locale = useLocale()
  const nameOf = useLanguageName()
  return (...codes) => {
    const [first = '', ...rest] = codes.map(nameOf).join(', ')
    return first.toLocaleUpperCase(locale) + rest.join('')
  }
}
