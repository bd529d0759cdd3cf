import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv, writeCsv } from './csv.ts'

const cell = fc.string({
  unit: fc.constantFrom(
    'a',
    'é',
    '"',
    ',',
    ';',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '=',
    '+',
    '-',
    '@',
    "'",
    ' ',
    '😀',
    '1',
  ),
})

test('what is written is read again, whatever it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const table = [['name', 'text'], ...rows]
      expect(readCsv(writeCsv(table))?.map(({ cells }) => cells)).toEqual(table)
    }),
  )
})

test('no cell begins as a formula', () => {
  fc.assert(
    fc.property(cell, (text) => {
      const [first = ''] = writeCsv([[text, 'x']])
      expect('=+-@\t\r').not.toContain(first)
      expect(writeCsv([[text, 'x']])).not.toMatch(/^"[=+\-@\t\r]/)
    }),
  )
})

test('tables of other programs are read: other signs, a quoted line break, the lines they begin in', () => {
  expect(readCsv('name;text\nA;"one\n""two"""\n\nB;x')).toEqual([
    { line: 1, cells: ['name', 'text'] },
    { line: 2, cells: ['A', 'one\n"two"'] },
    { line: 5, cells: ['B', 'x'] },
  ])
  expect(readCsv('name\ttext\r\nA\tb,c\r\n')?.[1]).toEqual({ line: 2, cells: ['A', 'b,c'] })
  expect(readCsv("a,b\n'tis,'=1+1")?.[1]?.cells).toEqual(["'tis", '=1+1'])
  expect(readCsv('a,"b')).toBe(null)
  expect(readCsv('')).toEqual([])
})
