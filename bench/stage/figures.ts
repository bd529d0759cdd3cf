export type Summary = { count: number; p50: number; p95: number; p99: number; max: number }

/** Median, 95th and 99th percentile and maximum of some milliseconds. */
export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return {
    count: sorted.length,
    p50: tenth(at(0.5)),
    p95: tenth(at(0.95)),
    p99: tenth(at(0.99)),
    max: tenth(sorted.at(-1) ?? 0),
  }
}

export function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

/** A table as Markdown, which also reads well in a terminal. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) =>
    Math.max(3, name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
