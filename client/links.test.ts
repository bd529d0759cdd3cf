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

describe('a mail address is a link whole, or not at all', () => {
  test.each([
    "o'neil@example.com",
    'r&d@example.com',
    'a=b@example.com',
    'anna+shop@mail.example.com',
    'anna.o’neil@example.com',
    'élodie@example.com',
    'e\u0301lodie@example.com',
    'anna@xn--e1afmkfd.xn--p1ai',
    'anna@münchen.example',
    'first_last@example.com',
    'x/anna@example.com',
    'anna..berg@example.com',
    '.anna@example.com',
    'anna@example.com_x',
    'anna@mail.example.com-x',
    'a!b@example.com',
    'a#b@example.com',
    'a%41@example.com',
    '用户1@example.com',
    `${'a'.repeat(70)}@example.com`,
    'anna@a.b.c.d.e.f.g.h.i.example',
  ])('%s', (text) => {
    for (const { href, text: shown } of findLinks(text).filter((piece) => piece.href)) {
      expect(shown).toBe(text)
      expect(decodeURIComponent(new URL(href ?? '').pathname).replace(/^.*@/, '')).toBeTruthy()
    }
  })

  test('what it is wrapped in stays outside', () => {
    for (const text of [
      "'X'",
      '*X*',
      '_X_',
      '(X)',
      '<X>',
      '‘X’',
      '«\u202FX\u202F»',
      'Write to X.',
      'X, X',
      '日本語X。',
    ])
      expect(hrefs(text.replaceAll('X', "o'neil@example.com")), text).toContain("mailto:o'neil@example.com")
    expect(hrefs('a#b@example.com r&d@example.com')).toEqual([
      'mailto:a%23b@example.com',
      'mailto:r&d@example.com',
    ])
  })
})

describe('what stands right beside an address', () => {
  test.each([
    ['日本語https://example.com/', 'https://example.com/'],
    ['https://example.com/日本。', 'https://example.com/日本'],
    ['https://example.com/日本。次の文', 'https://example.com/日本'],
    ['（https://example.com/a）をご覧', 'https://example.com/a'],
    ['「https://example.com/」、', 'https://example.com/'],
    ['请看https://example.com，谢谢', 'https://example.com'],
    ['https://example.comを見て', 'https://example.com'],
    ['문의www.example.com은', 'www.example.com'],
    ['https://日本語.example/', 'https://日本語.example/'],
    ["https://example.com/Rubik's_Cube", "https://example.com/Rubik's_Cube"],
    ['https://example.com’s site', 'https://example.com'],
    ["https://example.com's site", 'https://example.com'],
    ["www.example.com:80's site", 'www.example.com:80'],
    ['https://example.com/Rubik’s_Cube', 'https://example.com/Rubik’s_Cube'],
    ["https://example.com?q=it's", "https://example.com?q=it's"],
    ["'https://example.com/x'", 'https://example.com/x'],
    ["['https://example.com','b']", 'https://example.com'],
    ['https://example.com/a_b_c_', 'https://example.com/a_b_c_'],
    ['https://example.com/x~', 'https://example.com/x~'],
    ['https://example.com/x-', 'https://example.com/x-'],
    ['https://example.com/?a=', 'https://example.com/?a='],
    ['https://example.com/a*', 'https://example.com/a*'],
    ['*https://example.com/a*', 'https://example.com/a'],
    ['_https://example.com/a_', 'https://example.com/a'],
    ['„https://example.com/a“', 'https://example.com/a'],
    ['https://example.com/سلام؟', 'https://example.com/سلام'],
    ['(https://example.com/a_(b)).', 'https://example.com/a_(b)'],
    ['https://example.com/a,https://example.org/b', 'https://example.com/a'],
    ['https://example.com/a…', 'https://example.com/a'],
  ])('%s', (text, shown) => {
    expect(findLinks(text).find((piece) => piece.href)?.text).toBe(shown)
    expect(whole(text)).toBe(text)
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
    const parts = [
      'a',
      'a.',
      'a@',
      'a.b@c-',
      'www.',
      'https://',
      '(',
      'é_',
      ')',
      ']',
      '”',
      '’»',
      '.',
      "'a",
      'x,',
      '&',
      '本',
    ]
    for (const [begin, part] of ['', 'http://x.example/', '本'].flatMap((begin) =>
      parts.map((part) => [begin, part] as const),
    )) {
      const [once, twice] = [1, 2].map((times) => {
        const text = begin + part.repeat((20_000 * times) / part.length)
        return Math.min(
          ...Array.from({ length: 5 }, () => {
            const before = performance.now()
            findLinks(text)
            return performance.now() - before
          }),
        )
      }) as [number, number]
      expect(twice, begin + part).toBeLessThan(Math.max(150, once * 4))
    }
  })
})
