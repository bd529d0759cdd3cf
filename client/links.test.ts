import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findLinks } from './links.ts'

const hrefs = (text: string) => findLinks(text).flatMap((piece) => piece.href ?? [])
const whole = (text: string) =>
  findLinks(text)
    .map((piece) => piece.text)
    .join('')

describe('links', () => {
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
      { text: 'https://a.example/x', href: 'https://a.example/x', host: 'a.example' },
      { text: ').' },
    ])
    expect(hrefs('https://a.example/wiki/Foyer_(room)')).toEqual(['https://a.example/wiki/Foyer_(room)'])
    expect(hrefs('« https://a.example/x », (http://example.org/x_(y)) …')).toEqual([
      'https://a.example/x',
      'http://example.org/x_(y)',
    ])
  })
})

describe('T3 what is no link', () => {
  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    'java\u0000script:alert(1)',
    'java\u200bscript:alert(1)',
    ' javascript:alert(1)',
    '&#106;avascript:alert(1)',
    'javascript://example.com/%0aalert(1)',
    'javascript:https://example.com/',
    'data:text/html,<script>alert(1)</script>',
    'data:www.example.com',
    'vbscript:msgbox(1)',
    'blob:https://example.com/1',
    '//evil.example/x',
    'file:///etc/passwd',
    'view-source:x',
    'https://',
  ])('%j stays text', (text) => {
    expect(hrefs(text)).toEqual([])
    expect(whole(text)).toBe(text)
  })

  test('an address that shows another host than it leads to stays text', () => {
    expect(hrefs('https://bank.example@evil.example/')).toEqual([])
    expect(hrefs('https://bank.example:pw@evil.example/')).toEqual([])
    expect(hrefs('https://bank.example/\u202Emoc.live')).toEqual(['https://bank.example/'])
  })

  test('letters that only look like others are told by the host they lead to', () => {
    expect(findLinks('https://аpple.com/')).toMatchObject([{ host: 'xn--pple-43d.com' }])
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
        expect(whole(text)).toBe(text)
        for (const href of hrefs(text)) expect(href).toMatch(/^(https?|mailto|tel):/)
      }),
    )
  })

  test('T66 long texts that nearly are addresses cost no more than twice as much when twice as long', () => {
    for (const part of ['a', 'a.', 'a@', 'a.b@c-', 'www.', 'https://', '(', 'é_']) {
      const [once, twice] = [1, 2].map((times) => {
        const text = part.repeat((20_000 * times) / part.length)
        return Math.min(
          ...Array.from({ length: 5 }, () => {
            const before = performance.now()
            findLinks(text)
            return performance.now() - before
          }),
        )
      }) as [number, number]
      expect(twice, part).toBeLessThan(Math.max(20, once * 4))
    }
  })
})
