import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dropUnfilled,
  fillPlaceholders,
  type PlaceholderValues,
  placeholderFields,
  placeholdersIn,
  unfilledIn,
} from './placeholders.ts'
import type { RichText } from './rich-text/tree.ts'

const values: PlaceholderValues = {
  'contact.name': 'Zoe Quinn',
  'contact.first_name': 'Zoe',
  'operator.name': 'Ann',
  'conversation.subject': null,
}
const fill = (text: string, known = values) => fillPlaceholders({ text }, known).saying.text

describe('[C3 C5] placeholders of macros', () => {
  test.each<[string, string]>([
    ['Hello {{contact.first_name}},', 'Hello Zoe,'],
    ['Hello {{ contact.first_name | there }},', 'Hello Zoe,'],
    ['Hello {{contact.email|there}},', 'Hello there,'],
    ['About {{conversation.subject|your question}}: {{operator.name}}', 'About your question: Ann'],
    ['{{contact.first_name}}{{contact.first_name}}', 'ZoeZoe'],
    // A field that nobody knows is empty, what has another shape is text.
    ['{{foo.bar}}!', '!'],
    ['{{foo.bar|what}}!', 'what!'],
    ...['{{7*7}}', '$'.concat('{7*7}'), '<%= 7*7 %>', '{contact.name} {{contact.name'].map(
      (text): [string, string] => [text, text],
    ),
    ['{{constructor}} {{__proto__}}', ' {{__proto__}}'],
    ['{{contact\n.name}}', '{{contact\n.name}}'],
  ])('%j says %j', (written, said) => expect(fill(written)).toBe(said))

  test('what is not known and has no fallback stays to be seen', () => {
    const { saying, unfilled } = fillPlaceholders({ text: 'To {{ contact.email }}, {{date}}' }, values)
    expect(saying.text).toBe('To {{contact.email}}, {{date}}')
    expect(unfilled).toEqual(['contact.email', 'date'])
    expect(unfilledIn(saying)).toEqual(['contact.email', 'date'])
    expect(dropUnfilled(saying, unfilled).text).toBe('To , ')
  })

  test('in formatted text a value takes the look of its place; code and addresses stay as they are', () => {
    const content: RichText = [
      {
        type: 'paragraph',
        runs: [
          { text: 'Dear ' },
          { text: '{{contact.name}}', bold: true },
          { text: '{{contact.name}}', code: true },
          { text: 'page of {{contact.name}}', link: 'https://shop.example/?for={{contact.name}}' },
        ],
      },
      { type: 'code', text: '{{contact.name}}' },
      {
        type: 'bullets',
        items: [[{ type: 'paragraph', runs: [{ text: '{{operator.name}}', italic: true }] }]],
      },
    ]
    const { saying, unfilled } = fillPlaceholders({ text: '', content }, values)
    expect(unfilled).toEqual([])
    expect(saying.content).toMatchObject([
      {
        runs: [
          { text: 'Dear ' },
          { text: 'Zoe Quinn', bold: true },
          { text: '{{contact.name}}', code: true },
          { text: 'page of Zoe Quinn' },
        ],
      },
      { text: '{{contact.name}}' },
      { items: [[{ runs: [{ text: 'Ann', italic: true }] }]] },
    ])
    expect(JSON.stringify(saying.content)).not.toContain('for=Zoe')
  })
})

const braces = fc.string({
  unit: fc.constantFrom('{', '}', '|', ' ', 'a', '.', 'contact.name', '{{', '}}', '\n', '$', '<b>'),
})

test('[C3] a value is text whatever it holds: it is never looked through again, nor becomes markup', () => {
  fc.assert(
    fc.property(braces, braces, (name, fallback) => {
      const oneLine = name.replace(/\s+/gu, ' ').trim()
      const known = { 'contact.name': name, 'operator.name': 'SECRET' }
      expect(fill('<{{contact.name}}>', known)).toBe(
        oneLine === '' ? '<{{contact.name}}>' : `<${oneLine.slice(0, 300)}>`,
      )
      for (const field of placeholderFields) {
        const said = fill(`{{contact.name}}`, { ...known, 'contact.name': `{{${field}}}` })
        expect(said).toBe(`{{${field}}}`)
      }
      expect(fill(`x{{contact.email|${fallback}}}`, known)).not.toContain('SECRET')
    }),
  )
})

test('[C3] any text at all is filled in one go, in time that grows with its length', () => {
  fc.assert(
    fc.property(braces, (text) => {
      const { saying, unfilled } = fillPlaceholders({ text }, {})
      expect(unfilledIn(saying)).toEqual(expect.arrayContaining(unfilled))
      expect(placeholdersIn(text).every(({ source }) => text.includes(source))).toBe(true)
    }),
  )
  const started = performance.now()
  for (const hostile of ['{', '{{', '{{a', '{{a|', '{{a }', '| ', '}}'])
    fill(hostile.repeat(Math.ceil(20_000 / hostile.length)))
  expect(performance.now() - started).toBeLessThan(1_000)
})
