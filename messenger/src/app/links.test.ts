import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findLinks } from './links.ts'

const hrefs = (text: string) => findLinks(text).flatMap((piece) => piece.href ?? [])

test('addresses, mail addresses and numbers become links', () => {
  expect(hrefs('See https://shop.example/a?b=1#c and www.shop.example')).toEqual([
    'https://shop.example/a?b=1#c',
    'https://www.shop.example/',
  ])
  expect(hrefs('Write to anna.berg+shop@mail.example.com')).toEqual([
    'mailto:anna.berg+shop@mail.example.com',
  ])
  expect(hrefs('mailto:anna@mail.example or tel:+4930123456')).toEqual([
    'mailto:anna@mail.example',
    'tel:+4930123456',
  ])
})

test('what belongs to the sentence stays outside', () => {
  expect(findLinks('(see https://a.example/x).')).toEqual([
    { text: '(see ' },
    { text: 'https://a.example/x', href: 'https://a.example/x' },
    { text: ').' },
  ])
  expect(hrefs('https://a.example/wiki/Foyer_(room)')).toEqual(['https://a.example/wiki/Foyer_(room)'])
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  '&#106;avascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  '//evil.example/x',
  'file:///etc/passwd',
  'view-source:x',
])('%j never becomes a link', (text) => {
  expect(hrefs(text)).toEqual([])
})

test('an address that shows another host than it leads to stays text', () => {
  expect(hrefs('https://bank.example@evil.example/')).toEqual([])
  expect(hrefs('https://bank.example:pw@evil.example/')).toEqual([])
  expect(hrefs('https://pаypal.com')).toEqual([])
  expect(hrefs('https://bank.example/\u202Emoc.live')).toEqual(['https://bank.example/'])
})

test('whatever is written, nothing is lost and only four schemes lead anywhere', () => {
  const fragment = fc.constantFrom(
    'https://',
    'http://',
    'javascript:',
    'www.',
    'a@b.example',
    'mailto:',
    'tel:',
    '//',
    '(',
    ')',
    '.',
    '\u202E',
    '@',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(fragment, fc.string({ unit: 'binary' }))), (parts) => {
      const text = parts.join('')
      const pieces = findLinks(text)
      expect(pieces.map((piece) => piece.text).join('')).toBe(text)
      for (const href of hrefs(text)) expect(href).toMatch(/^(https?|mailto|tel):/)
    }),
  )
})

test('a long run of letters is read in no time', () => {
  const before = performance.now()
  findLinks(`${'a.'.repeat(10_000)}@`)
  findLinks('a'.repeat(20_000))
  expect(performance.now() - before).toBeLessThan(500)
})
