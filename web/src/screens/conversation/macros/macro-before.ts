import type { Typed } from '../use-offers.ts'

/**
 * What is typed behind a `!` that begins a word, to find a macro; null where nothing is. A space behind it makes it a mark of
 * exclamation, as does a second one. `![name]` is a macro by its whole name or shortcut.
 */
export function macroBefore(text: string, caret: number): Typed | null {
  const found = /(?:^|[\s(])(!((?:[^\s!][^!]{0,60})?))$/u.exec(text.slice(0, caret))
  const [, whole, query] = found ?? []
  return whole === undefined || query === undefined ? null : { start: caret - whole.length, query }
}

/** What stands between the brackets of `![name]`, once it is whole; null where there are none. */
export function bracketed(query: string): string | null {
  return /^\[([^\]]+)\]$/u.exec(query)?.[1]?.trim() ?? null
}
