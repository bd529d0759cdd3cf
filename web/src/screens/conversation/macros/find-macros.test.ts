import type { Macro } from '@foyer/contract/macros.ts'
import { expect, test } from 'vitest'
import { findMacros, indexMacros } from './find-macros.ts'
import { bracketed, macroBefore } from './macro-before.ts'

const macro = (name: string, over: Partial<Macro> = {}): Macro => ({
  id: name,
  name,
  shortcut: null,
  key: null,
  folder: null,
  audience: 'everyone',
  groupId: null,
  versions: { en: { text: 'Text' } },
  used: 0,
  lastUsedAt: null,
  version: 1,
  ...over,
})
const found = (macros: Macro[], query: string) =>
  findMacros(indexMacros(macros), query, 50).map(({ name }) => name)

test('[C3] a macro is found by shortcut, name, folder and text, accents and case aside, the likeliest first', () => {
  const macros = [
    macro('Return label', { versions: { en: { text: 'Here is it' }, de: { text: 'Rücksendung' } } }),
    macro('How to return', { shortcut: 'how' }),
    macro('Été', { folder: 'Seasons' }),
    macro('Anything', { shortcut: 'return' }),
    macro('No returns', { shortcut: 'none' }),
  ]
  expect(found(macros, 'return')).toEqual(['Anything', 'Return label', 'How to return', 'No returns'])
  expect(found(macros, 'RUCKS')).toEqual(['Return label'])
  expect(found(macros, 'ete')).toEqual(['Été'])
  expect(found(macros, 'seasons')).toEqual(['Été'])
  expect(found(macros, 'label here')).toEqual(['Return label'])
  expect(found(macros, '[how]')).toEqual(['How to return'])
  expect(found(macros, 'nothing')).toEqual([])
  expect(found(macros, '')).toHaveLength(5)
})

test.each([
  ['!', ''],
  ['Hello !gree', 'gree'],
  ['!return label', 'return label'],
  ['(!x', 'x'],
  ['![greeting]', '[greeting]'],
  ['Bonjour ! ', null],
  ['Bonjour ! Comment', null],
  ['Hello!', null],
  ['wow !!', null],
  ['a!b', null],
])('[C3 K16] %j asks for %j', (text, query) => {
  expect(macroBefore(text, text.length)?.query ?? null).toBe(query)
})

test('[K16] a name in brackets is whole once they are closed', () => {
  expect(bracketed('[greeting]')).toBe('greeting')
  expect(bracketed('[greet')).toBe(null)
  expect(bracketed('greeting')).toBe(null)
})

test('[C3] 2,000 macros are filtered in less than a frame', () => {
  const words = ['order', 'Rückgabe', 'invoice', 'été', 'parcel', 'warranty', 'voucher', 'delay']
  const text = (n: number) =>
    Array.from({ length: 60 }, (_, at) => words[(n * 7 + at * 3) % words.length]).join(' ')
  const macros = Array.from({ length: 2_000 }, (_, n) =>
    macro(`Macro ${n} ${words[n % words.length]}`, {
      id: String(n),
      shortcut: `m${n}`,
      versions: { en: { text: text(n) }, de: { text: text(n + 1) } },
    }),
  )
  const indexed = indexMacros(macros)
  const times = ['m', 'ma', 'mac', 'ruckgabe 19', 'zzz', 'order delay voucher', 'm1999', 'xx yy'].map(
    (query) => {
      const started = performance.now()
      findMacros(indexed, query, 50)
      return performance.now() - started
    },
  )
  times.sort((a, b) => a - b)
  console.info(`2,000 macros filtered in ${times.map((ms) => ms.toFixed(1)).join(', ')} ms`)
  // The machine that tests run on does other things besides.
  expect(times[Math.floor(times.length / 2)]).toBeLessThan(16)
})
