import { bestFirst } from '../../find.ts'
import type { TextKey } from '../../text.tsx'
import type { Pieces } from '../../ui/passage.tsx'
import type { Found } from './commands.ts'

/** Rows of the palette that are of one kind. */
export type RowGroup<Row = Found> = { title: TextKey; rows: readonly Row[] }

/** A row with the letters of its name that were asked for. */
export type MarkedRow = Found & { pieces: Pieces }

/** So many of one kind tell enough; more letters tell more. */
const most = 6

/**
 * What fits the words out of what is held, in groups: the group with the best row first, and within each the best first. A
 * group of which nothing fits is left out, and a row that stands in an earlier group already.
 */
export function arrange(words: string, groups: readonly RowGroup[]): RowGroup<MarkedRow>[] {
  const seen = new Set<string>()
  return groups
    .map(({ title, rows }) => ({
      title,
      found: bestFirst(words, rows, ({ label, about }) => ({ name: label, about: about ?? '' }))
        .filter(({ item: { id } }) => !seen.has(id) && seen.add(id))
        .slice(0, most),
    }))
    .filter(({ found }) => found.length > 0)
    .sort((a, b) => (a.found[0]?.fit.rank ?? 0) - (b.found[0]?.fit.rank ?? 0))
    .map(({ title, found }) => ({
      title,
      rows: found.map(({ item, fit }) => ({ ...item, pieces: fit.pieces })),
    }))
}
