import type { Macro, MacroGiven, MacroVersion } from '@foyer/contract/macros.ts'
import { type Saying, saidIn } from '@foyer/contract/rich-text/saying.ts'
import type { Locale } from '@foyer/contract/scalars.ts'

/** A text without accents and capitals, as it is searched for. */
export function plainWords(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** What a macro is kept as. */
export type KeptMacro = Omit<MacroGiven, 'versions'> & { versions: Macro['versions']; words: string }

/** What somebody gave as it is kept: each version with its text, and the tree where it is formatted. */
export function keptMacro(given: MacroGiven): KeptMacro {
  const versions: Macro['versions'] = {}
  for (const [locale, version] of Object.entries(given.versions) as [Locale, MacroVersion][]) {
    const { text, content }: Saying = saidIn(version)
    versions[locale] = content ? { text, content } : { text }
  }
  const texts = Object.values(versions).map(({ text }) => text)
  const words = plainWords(
    [given.name, given.shortcut, given.folder, ...texts].filter((each) => each !== null).join('\n'),
  )
  return { ...given, versions, words }
}

/** Whose a macro is, as a key: among these a shortcut and a key mean one macro. */
export function scopeOf(
  { audience, groupId }: Pick<MacroGiven, 'audience' | 'groupId'>,
  operatorId: string,
): string {
  return audience === 'me' ? operatorId : (groupId ?? 'everyone')
}
