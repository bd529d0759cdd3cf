/*
 * Tables as text (RFC 4180), as office programs write and read them.
 */

/** What a program that opens a table would take for a formula, and the sign that keeps it from doing so. */
const formula = /^[=+\-@\t\r']/

/** A table as text. What looks like a formula gets a `'` before it, which `readCsv` takes away. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('')
}

function writeCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A row of a table, and the line that it begins in, counted from 1. */
export type CsvRow = { line: number; cells: string[] }

/**
 * Reads a table whose cells are divided by the sign that its first line has most of: comma, semicolon or tab. Empty lines are
 * none; null where a quotation mark is never closed.
 */
export function readCsv(text: string): CsvRow[] | null {
  const sign = dividerOf(text)
  const rows: CsvRow[] = []
  let cells: string[] = []
  let line = 1
  let begins = 1
  let at = 0
  while (at <= text.length) {
    let cell: string
    if (text[at] === '"') {
      const pieces: string[] = []
      for (at++; ; at += 2) {
        const end = text.indexOf('"', at)
        if (end < 0) return null
        pieces.push(text.slice(at, end))
        at = end
        if (text[at + 1] !== '"') break
      }
      at++
      cell = pieces.join('"')
      line += cell.split('\n').length - 1
    } else cell = ''
    const end = endOfCell(text, at, sign)
    cell += text.slice(at, end)
    cells.push(formula.test(cell.slice(1)) && cell.startsWith("'") ? cell.slice(1) : cell)
    at = end
    if (text[at] === sign) {
      at++
      continue
    }
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begins, cells })
    cells = []
    at += text.startsWith('\r\n', at) ? 2 : 1
    line++
    begins = line
  }
  return rows
}

function endOfCell(text: string, from: number, sign: string): number {
  let at = from
  while (at < text.length && text[at] !== sign && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}

function dividerOf(text: string): string {
  const [first = ''] = text.split(/[\r\n]/, 1)
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: first.split(sign).length }))
  return counts.reduce((most, each) => (each.count > most.count ? each : most)).sign
}
