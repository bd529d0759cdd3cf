import type { AnyBody, Readable, Reader, Sentence } from './kind.ts'
import { kindOf, type TextKey } from './kinds.ts'

/** What a reader of the Message Center is told with: who they are, and the texts of their language. */
export type Words = Reader & { t: (...sentence: Sentence<TextKey>) => string }

/**
 * What an entry says to an operator, as text alone. Of what only a newer version knows its text is told, and where it has none,
 * that it is there.
 */
export function plainText(entry: Readable<AnyBody | null> & { kind: string }, words: Words): string {
  const kind = kindOf(entry)
  if (!kind) return entry.text || words.t('event.unknown')
  const said = kind.text({ ...entry, body: entry.body ?? { v: kind.v, event: kind.event } }, words)
  return typeof said === 'string' ? said : words.t(...said)
}
