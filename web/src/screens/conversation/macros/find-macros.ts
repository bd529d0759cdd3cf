import type { Macro } from '@foyer/contract/macros.ts'

/** A macro with its words as they are compared: without accents and capitals. `all`: every word of it. */
export type Indexed = { macro: Macro; name: string; shortcut: string; all: string }

/** Made once a list, so that a key that is typed compares alone. */
export function indexMacros(macros: readonly Macro[]): Indexed[] {
  return macros.map((macro) => {
    const { name, shortcut, folder, versions } = macro
    const texts = Object.values(versions).map(({ text }) => text)
    return {
      macro,
      name: plain(name),
      shortcut: plain(shortcut ?? ''),
      all: plain([name, shortcut ?? '', folder ?? '', ...texts].join('\n')),
    }
  })
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
  const ranks: Macro[][] = [[], [], [], [], [], []]
  for (const each of indexed)
    if (hasAll(each.all, words)) ranks[rankOf(each, wanted, words)]?.push(each.macro)
  return ranks.flat().slice(0, most)
}

function hasAll(text: string, words: readonly string[]): boolean {
  for (const word of words) if (!text.includes(word)) return false
  return true
}

function rankOf({ name, shortcut }: Indexed, wanted: string, words: readonly string[]): number {
  if (shortcut === wanted) return 0
  if (name === wanted || shortcut.startsWith(wanted)) return 1
  if (name.startsWith(wanted)) return 2
  if (name.includes(` ${wanted}`)) return 3
  return hasAll(`${name}\n${shortcut}`, words) ? 4 : 5
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
