import type { Typed } from './use-offers.ts'

/**
 * What is typed behind a colon that begins a word, from the second sign on; null where nothing is. `:)` and `12:30` are left as
 * they are; a second colon ends a whole name.
 */
export function shortNameBefore(text: string, caret: number): Typed | null {
  const found = /(?:^|[\s(])(:([\p{L}\p{N}_+-][\p{L}\p{M}\p{N}_+-]+):?)$/u.exec(text.slice(0, caret))
  const [, whole, query] = found ?? []
  return whole === undefined || query === undefined ? null : { start: caret - whole.length, query }
}
