/**
 * A language as the browser's person writes dates and times in it: English is 9:08 PM in one place and 21:08 in another. The
 * browser's own variant of the language, else the language in the region of the browser's first.
 */
export function regionOf(language: string, wanted: readonly string[] = navigator.languages ?? []): string {
  const own = wanted.find((tag) => tag.split('-')[0]?.toLowerCase() === language && tag.includes('-'))
  if (own) return known(own) ?? language
  for (const tag of wanted) {
    const region = known(tag) && new Intl.Locale(tag).region
    if (region) return `${language}-${region}`
  }
  return language
}

/** A browser may be given any text for a language. */
function known(tag: string): string | null {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0] ?? null
  } catch {
    return null
  }
}
