import type { Check } from './check.ts'
import { filesBelow, read } from './files.ts'

let said = ''

export const rows: Check = {
  name: 'rows',
  why: 'What the product must do is a list, and whoever looks for the proof of a row searches the tests for its name.',
  async run() {
    const known = rowsIn(read('docs/features.md'))
    const tests = filesBelow('').filter(
      (file) => /\.(test|e2e)\.tsx?$/.test(file) && !file.startsWith('checks/'),
    )
    const named = tests.flatMap((file) => rowsNamed(read(file)).map((row) => ({ file, row })))
    const proven = known.filter((row) => named.some((one) => one.row === row))
    said = `${proven.length} of ${known.length} rows are named by a test: ${proven.join(' ')}`
    return named
      .filter(({ row }) => !known.includes(row))
      .map(({ file, row }) => `${file} names ${row}, which docs/features.md does not have`)
  },
  note: () => said,
}

/** The ids in a list of rows: the first cell of each line of its tables. */
export function rowsIn(text: string): string[] {
  return [...text.matchAll(/^\| ([A-Z]\d+) \|/gm)].map((match) => match[1] ?? '')
}

/** The rows that the titles of tests name, as in `test('[I7, I15] …`. */
export function rowsNamed(text: string): string[] {
  return [...text.matchAll(/['"`]\[([A-Z]\d+(?:[, ]+[A-Z]\d+)*)\]/g)].flatMap((match) =>
    (match[1] ?? '').split(/[, ]+/),
  )
}
