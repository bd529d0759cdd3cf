/**
 * Where a key leads in a grid of sections, each of which begins a row of its own; null where the key is none of the grid's.
 * `sections`: how many cells each has, none of them 0. `at`: the place of a cell, counted through all of them.
 */
export function stepInGrid(
  sections: readonly number[],
  columns: number,
  at: number,
  key: { key: string; ctrlKey: boolean },
): number | null {
  const rows = rowsOf(sections, columns)
  const last = sections.reduce((sum, each) => sum + each, 0) - 1
  const here = rows.findIndex(({ from, to }) => at >= from && at <= to)
  const row = rows[here]
  if (!row) return null
  const inRow = (index: number) => {
    const next = rows[index]
    return next ? Math.min(next.from + at - row.from, next.to) : at
  }
  switch (key.key) {
    case 'ArrowRight':
      return Math.min(at + 1, last)
    case 'ArrowLeft':
      return Math.max(at - 1, 0)
    case 'ArrowDown':
      return inRow(here + 1)
    case 'ArrowUp':
      return inRow(here - 1)
    case 'PageDown':
      return inRow(Math.min(here + 5, rows.length - 1))
    case 'PageUp':
      return inRow(Math.max(here - 5, 0))
    case 'Home':
      return key.ctrlKey ? 0 : row.from
    case 'End':
      return key.ctrlKey ? last : row.to
    default:
      return null
  }
}

/** The first and the last cell of each row. */
export function rowsOf(sections: readonly number[], columns: number): { from: number; to: number }[] {
  const rows: { from: number; to: number }[] = []
  let begin = 0
  for (const size of sections) {
    for (let from = begin; from < begin + size; from += columns)
      rows.push({ from, to: Math.min(from + columns, begin + size) - 1 })
    begin += size
  }
  return rows
}
