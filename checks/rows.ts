import { writeFileSync } from 'node:fs'
import type { Check } from './check.ts'
import { filesBelow, read, root } from './files.ts'

const list = 'docs/features.md'
let said = ''

export const rows: Check = {
  name: 'rows',
  why: 'What the product must do is a list that says of each row whether it is there, from the tests that name it.',
  async run() {
    const text = read(list)
    const known = rowsIn(text)
    const named = namedByTests()
    const missing = missingOf(text)
    said = countOf(text, named)
    return [
      ...[...named]
        .filter(([row]) => !known.includes(row))
        .flatMap(([row, files]) => files.map((file) => `${file} names ${row}, which ${list} does not have`)),
      ...missing
        .filter((row) => !named.has(row))
        .map((row) => `${list} says what is missing of ${row}, of which no test proves anything`),
      ...(marked(text, named) === text
        ? []
        : [`${list} does not say what the tests say; npm run check -- --fix rows`]),
    ]
  },
  async fix() {
    const text = read(list)
    writeFileSync(root + list, marked(text, namedByTests()))
  },
  note: () => said,
}

type Named = ReadonlyMap<string, readonly string[]>

function namedByTests(): Named {
  const named = new Map<string, string[]>()
  const tests = filesBelow('').filter(
    (file) => /\.(test|e2e)\.tsx?$/.test(file) && !file.startsWith('checks/'),
  )
  for (const file of tests)
    for (const row of new Set(rowsNamed(read(file)))) named.set(row, [...(named.get(row) ?? []), file])
  return named
}

/** The ids in a list of rows: the first cell of each line of its tables, but for the table of what is missing. */
export function rowsIn(text: string): string[] {
  return idsOf(partsOf(text).features)
}

/** The rows that are there in part: those of the table that says what is missing. */
function missingOf(text: string): string[] {
  return idsOf(partsOf(text).missing)
}

/** The rows that the titles of tests name, as in `test('[I7, I15] …`. */
export function rowsNamed(text: string): string[] {
  return [...text.matchAll(/['"`]\[([A-Z]\d+(?:[, ]+[A-Z]\d+)*)\]/g)].flatMap((match) =>
    (match[1] ?? '').split(/[, ]+/),
  )
}

/** The list as it should be: the last cell of each row, and the sentence that counts them, made from what tests name. */
export function marked(text: string, named: Named): string {
  const { features, missing } = partsOf(text)
  const partly = new Set(idsOf(missing))
  const mark = (row: string) => (!named.has(row) ? 'no' : partly.has(row) ? 'partly' : 'yes')
  const rowsMarked = features.replaceAll(
    /^(\| ([A-Z]\d+) \|.*\|) \w+ \|$/gm,
    (_, line: string, row: string) => `${line} ${mark(row)} |`,
  )
  return (
    rowsMarked.replace(/^(?:<!-- count -->|\d+ of \d+ rows are there.*)$/m, countOf(text, named)) + missing
  )
}

function countOf(text: string, named: Named): string {
  const known = rowsIn(text)
  const partly = missingOf(text).filter((row) => named.has(row)).length
  const there = known.filter((row) => named.has(row)).length - partly
  return `${there} of ${known.length} rows are there, ${partly} more in part.`
}

function partsOf(text: string): { features: string; missing: string } {
  const at = text.indexOf('\n## What is missing')
  return at < 0 ? { features: text, missing: '' } : { features: text.slice(0, at), missing: text.slice(at) }
}

function idsOf(text: string): string[] {
  return [...text.matchAll(/^\| ([A-Z]\d+) \|/gm)].map((match) => match[1] ?? '')
}
