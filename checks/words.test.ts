import { describe, expect, test } from 'vitest'
import { untested } from './actions.ts'
import { asking } from './clocks.ts'
import { unknownCodes, used } from './errors.ts'
import { parseModule } from './modules.ts'
import { unlisted } from './rights.ts'
import { marked, rowsIn, rowsNamed } from './rows.ts'
import { inSlice, named, worded, written } from './shape.ts'
import { dead } from './unused.ts'

test('a front end asks the machine for its time in one place alone', () => {
  for (const line of [
    'Date.now()',
    'useState(Date.now)',
    'new Date()',
    'new Date',
    'Date()',
    'time.format()',
  ])
    expect(asking('web/src/a.ts', `const a = ${line}`)).toEqual([`web/src/a.ts:1: const a = ${line}`])
  for (const line of [
    'new Date(at)',
    'new Date(2026, 0, 1)',
    'Date.parse(at)',
    'at as Date',
    'time.format(at)',
  ])
    expect(asking('web/src/a.ts', `const a = ${line}`)).toEqual([])
})

describe('shape', () => {
  test('names are kebab-case and say something', () => {
    expect(named('web/src/ui/left-bar.tsx')).toEqual([])
    expect(named('docs/decisions/001-one-dialect.md')).toEqual([])
    expect(named('web/src/LeftBar.tsx')).toHaveLength(1)
    expect(named('server/src/utils/dates.ts')).toEqual([expect.stringContaining('says nothing')])
    expect(named('web/src/helpers.ts')).toHaveLength(1)
  })

  test('a slice has its closed vocabulary and tests', () => {
    for (const file of ['model.ts', 'actions.test.ts', 'log-in.test.ts', 'content-de.ts'])
      expect(inSlice(`server/src/slices/operators/${file}`)).toEqual([])
    for (const file of ['queries.ts', 'hub/feeds.ts', 'model.js'])
      expect(inSlice(`server/src/slices/operators/${file}`)).toHaveLength(1)
  })

  test.each([
    ['server/src/a.ts', '// TODO: later'],
    ['server/src/a.ts', '// @todo later'],
    ['server/src/a.test.ts', "test.skip('x', () => {})"],
    ['server/src/a.test.ts', "describe.only('x', () => {})"],
    ['server/src/a.test.ts', "test.todo('x')"],
    ['server/src/slices/live/hub.ts', 'console.log(1)'],
    ['web/src/a.ts', 'x\n'.repeat(401)],
  ])('%s is told of %j', (file, source) => {
    expect(written(file, source)).toHaveLength(1)
  })

  test('open work with its issue is fine, and so is a file of 400 lines', () => {
    expect(written('server/src/a.ts', '// @todo(#12)')).toEqual([])
    expect(written('web/src/a.ts', 'x\n'.repeat(400))).toEqual([])
  })

  test.each([
    ['const ticketId = 1', 1],
    ['const agentName = 1', 1],
    ['class CustomerList {}', 1],
    ['export default 1', 1],
    ['const socketTicket = 1; const userAgent = 2', 0],
    ["const text = 'the customer of an agent' // ticket", 0],
  ])('%s: %d wrong', (source, count) => {
    expect(worded(parseModule('server/src/a.ts', source))).toHaveLength(count)
  })
})

test('what nobody imports is found, a type that is spoken of is not', () => {
  const all = [
    parseModule('web/src/a.ts', `import { b } from './b.ts'; b()`),
    parseModule('web/src/b.ts', `export type B = 1; export const b = (): B => 1; export const lost = 2`),
    parseModule('web/src/c.ts', 'export const c = 1'),
  ]
  expect(dead(all, (file) => file === 'web/src/a.ts')).toEqual([
    'web/src/b.ts: lost is used by nobody',
    'web/src/c.ts: nothing imports it',
  ])
})

test('codes are thrown and known', () => {
  const sources = [
    { file: 'server/src/a.ts', text: "throw new Failure('a.b')\nthrow new Failure(\n  'x.y')" },
  ]
  expect(used(['a.b', 'c.d'], sources)).toEqual([expect.stringContaining('c.d')])
  expect(unknownCodes(sources[0] as (typeof sources)[0], ['a.b'])).toEqual([expect.stringContaining('x.y')])
})

test('an action that writes the log is named where both sides are compared', () => {
  const file = 'server/src/slices/conversations/actions.ts'
  const source = 'export function send() {}\nexport async function end() {}\nfunction inner() {}'
  expect(untested(file, source, ['expectSynced(…); send(); end()'])).toEqual([])
  expect(untested(file, source, ['send(); end()', 'expectSynced(…); send()'])).toEqual([
    expect.stringContaining('end'),
  ])
  expect(untested('server/src/slices/widgets/actions.ts', source, [])).toEqual([])
})

test('routes without a row and rows without a route are found', () => {
  expect(unlisted('route', ['a', 'b'], ['b', 'c'])).toHaveLength(2)
  expect(unlisted('route', ['a'], ['a'])).toEqual([])
})

test('rows are read from the list and from the titles of tests', () => {
  expect(rowsIn('| id | what |\n|---|---|\n| I8 | live |\n| X10 | more |')).toEqual(['I8', 'X10'])
  expect(rowsNamed("test('[I7, I15] ends', …); test(`[C1] x`)\n// I9")).toEqual(['I7', 'I15', 'C1'])
})

test('of each row the list says whether it is there, in part, or not', () => {
  const list = (marks: string[], count: string) =>
    `${count}\n\n| id | what | today |\n|---|---|---|\n| I8 | live | ${marks[0]} |\n| K1 | \`$name\` | name | ${marks[1]} |\n| X7 | team | ${marks[2]} |\n` +
    '\n## What is missing\n| id | what is missing |\n|---|---|\n| X7 | a second factor |\n'
  const named = new Map([
    ['I8', ['a.test.ts']],
    ['X7', ['a.test.ts']],
  ])
  const right = list(['yes', 'no', 'partly'], '1 of 3 rows are there, 1 more in part.')
  expect(marked(list(['no', 'yes', 'no'], '<!-- count -->'), named)).toBe(right)
  expect(marked(right, named)).toBe(right)
})
