import type { Macro } from '@foyer/contract/macros.ts'

/** A macro with its words as they are compared: without accents and capitals. */
export type Indexed = { macro: Macro; name: string; shortcut: string; text: string }

/** Made once a list, so that a key that is typed compares alone. */
export function indexMacros(macros: readonly Macro[]): Indexed[] {
  return macros.map((macro) => ({
    macro,
    name: plain(macro.name),
    shortcut: plain(macro.shortcut ?? ''),
    text: plain([macro.folder ?? '', ...Object.values(macro.versions).map(({ text }) => text)].join('\n')),
  }))
}

/**
 * The macros that are meant by what was typed, the likeliest first: by shortcut, by the beginning of the name, of a word in it,
 * by anything in name or shortcut, then by folder and text. Every word that was typed must be in it. Without words all are, in
 * their order.
 */
export function findMacros(indexed: readonly Indexed[], query: string, most: number): Macro[] {
  const wanted = plain(query.replace(/^\[|\]$/g, '').trim())
  if (wanted === '') return indexed.slice(0, most).map(({ macro }) => macro)
  const words = wanted.split(/\s+/)
  const byRank: Macro[][] = [[], [], [], [], [], []]
  for (const each of indexed) byRank[rankOf(each, wanted, words)]?.push(each.macro)
  return byRank.flat().slice(0, most)
}

function rankOf({ name, shortcut, text }: Indexed, wanted: string, words: readonly string[]): number {
  if (shortcut === wanted) return 0
  if (name === wanted || (shortcut !== '' && shortcut.startsWith(wanted))) return 1
  if (name.startsWith(wanted)) return 2
  if (name.includes(` ${wanted}`)) return 3
  if (words.every((word) => name.includes(word) || shortcut.includes(word))) return 4
  if (words.every((word) => name.includes(word) || shortcut.includes(word) || text.includes(word))) return 5
  return 6
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
