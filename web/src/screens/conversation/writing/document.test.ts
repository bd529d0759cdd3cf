import { cleanRichText } from '@foyer/contract/rich-text/clean.ts'
import { keptOf, type Saying } from '@foyer/contract/rich-text/saying.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentOf, positionIn, sayingOfDocument } from './document.ts'

const paragraph = (text: string): RichText[number] => ({ type: 'paragraph', runs: [{ text }] })

test('a text is a line a paragraph in the editor, and comes back sign by sign', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', ' ', '\n', '> b', '- c', '**d**')), (signs) => {
      const text = signs.join('')
      const document = documentOf({ text })
      expect(document.content?.map(({ content }) => content?.[0]?.text ?? '').join('\n')).toBe(text)
      expect(sayingOfDocument(document)).toEqual({ text })
    }),
  )
})

test('formatted text comes back as it was', () => {
  const content: RichText = [
    {
      type: 'paragraph',
      runs: [{ text: 'one\n\n' }, { text: 'two', bold: true, italic: true, link: 'https://shop.example/' }],
    },
    { type: 'quote', blocks: [paragraph('said'), { type: 'code', text: 'a\n\n  b' }] },
    {
      type: 'numbers',
      start: 3,
      items: [[paragraph('x\ny'), { type: 'bullets', items: [[paragraph('z')]] }], [paragraph('last')]],
    },
    {
      type: 'paragraph',
      runs: [
        { text: 'code', code: true },
        { text: 'gone', struck: true },
      ],
    },
  ]
  const said = sayingOfDocument(documentOf(keptOf({ text: '', content })))
  expect(cleanRichText(said.content ?? [])).toEqual(content)
  expect(said.text).toBe(keptOf(said).text)
})

test('an item that does not begin with a line, and what only a newer version knows, are no trouble', () => {
  const content = [
    { type: 'bullets', items: [[{ type: 'code', text: 'x' }]] },
    { type: 'table', rows: [] },
  ] as unknown as RichText
  expect(keptOf(sayingOfDocument(documentOf({ text: 'x', content }))).content).toEqual([
    { type: 'bullets', items: [[{ type: 'code', text: 'x' }]] },
  ])
  expect(documentOf({ text: '', content: [] })).toEqual({ type: 'doc', content: [{ type: 'paragraph' }] })
})

test('what is begun is kept with its empty lines', () => {
  const said: Saying = sayingOfDocument({
    content: [
      { type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'paragraph' }] }] },
      { type: 'paragraph' },
    ],
  })
  expect(documentOf(said).content).toHaveLength(2)
  expect(keptOf(said)).toEqual({ text: '' })
})

test.each([
  ['', 0, 1],
  ['abc', 2, 3],
  ['a\nb', 1, 2],
  ['a\nb', 2, 4],
  ['a\n\nb', 3, 6],
])('in %j the sign %i is at %i', (text, offset, position) => {
  expect(positionIn(text, offset)).toBe(position)
})
