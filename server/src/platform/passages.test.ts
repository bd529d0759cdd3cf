import { expect, test } from 'vitest'
import { passageOf } from './passages.ts'

/** With brackets around what is marked. */
const shown = (text: string, words: string) =>
  passageOf(text, words)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('')

test.each([
  ['Do these mugs go into the dishwasher?', 'MUG dish', 'Do these [mug]s go into the [dish]washer?'],
  ['Une crème brûlée', 'creme', 'Une [crème] brûlée'],
  ['Une cre\u0300me', 'crème', 'Une [crème]'],
  ['In der Königstraße 5', 'konigstrasse', 'In der [Königstraße] 5'],
  ['Order MP-20421 is late', 'mp20421', 'Order [MP-20421] is late'],
  ['Order MP-20421 is late', '20421', 'Order MP-[20421] is late'],
  ['Call +33 6 12 34 56 78 now', '0612345678', 'Call +33 [6 12 34 56 78] now'],
  ['Call 06.12.34.56.78 now', '+33612345678', 'Call 0[6.12.34.56.78] now'],
  ['注文した商品がまだ届きません', '商品', '注文した[商品]がまだ届きません'],
  ['where is it? Where is my parcel', '"where is my"', 'where is it? [Where is my] parcel'],
  ['<b>bold</b> & more', 'bold', '<b>[bold]</b> & more'],
  ['🎉👩‍👩‍👧 parcel 🎉', 'parcel', '🎉👩‍👩‍👧 [parcel] 🎉'],
  ['two\n\nlines', 'lines', 'two [lines]'],
  ['nothing of it', 'parcel', 'nothing of it'],
])('%s, looked for by %s', (text, words, expected) => {
  expect(shown(text, words)).toBe(expected)
})

test('a long text is shown around what was found, cut between graphemes', () => {
  const family = '👩‍👩‍👧'
  const text = `${family.repeat(100)} a parcel ${family.repeat(100)}`
  const passage = shown(text, 'parcel')
  expect(passage).toContain('[parcel]')
  expect(passage.length).toBeLessThan(260)
  expect(passage.replaceAll(family, '').replace(/\s/g, '')).toBe('…a[parcel]…')
})

test('a very long text without spaces stays quick', () => {
  const began = performance.now()
  passageOf('é'.repeat(20_000), 'x')
  expect(performance.now() - began).toBeLessThan(2_000)
})
