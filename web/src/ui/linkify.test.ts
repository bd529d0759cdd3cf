import { describe, expect, test } from 'vitest'
import { linkify, safeLink } from './linkify.ts'

const links = (text: string) => linkify(text).filter((piece) => piece.kind === 'link')
const whole = (text: string) =>
  linkify(text)
    .map((piece) => piece.text)
    .join('')

describe('linkify', () => {
  test('finds web addresses and leaves the punctuation to the sentence', () => {
    expect(links('See https://example.com/a?b=c#d, (http://example.org/x_(y)) and www.example.net.')).toEqual(
      [
        {
          kind: 'link',
          text: 'https://example.com/a?b=c#d',
          href: 'https://example.com/a?b=c#d',
          host: 'example.com',
        },
        {
          kind: 'link',
          text: 'http://example.org/x_(y)',
          href: 'http://example.org/x_(y)',
          host: 'example.org',
        },
        { kind: 'link', text: 'www.example.net', href: 'https://www.example.net/', host: 'www.example.net' },
      ],
    )
  })

  test('finds mail addresses and phone links', () => {
    expect(
      links('Write to anna@example.com or tel:+4930123456.').map((link) => link.kind === 'link' && link.href),
    ).toEqual(['mailto:anna@example.com', 'tel:+4930123456'])
  })

  test('loses and invents no character', () => {
    const text = 'a https://x.example/ b\nmailto:c@d.example … www.e.example) f'
    expect(whole(text)).toBe(text)
  })

  test('never links a scheme that runs or embeds something', () => {
    for (const text of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java\tscript:alert(1)',
      'java\u0000script:alert(1)',
      'java\u200bscript:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:msgbox(1)',
      'blob:https://example.com/1',
      'file:///etc/passwd',
      'javascript://example.com/%0aalert(1)',
      'javascript:https://example.com/',
      'data:www.example.com',
    ]) {
      expect(links(text), text).toEqual([])
      expect(whole(text)).toBe(text)
    }
  })

  test('does not follow addresses that read differently from where they lead', () => {
    expect(safeLink('https://bank.example@evil.example/')).toBeNull()
    expect(safeLink('https://user:secret@evil.example/')).toBeNull()
    expect(safeLink('https://exam\u202eple.com/')).toBeNull()
    expect(safeLink('ht\ntps://example.com/')).toBeNull()
    expect(safeLink('https://')).toBeNull()
  })

  test('shows the real host of a name written in another script', () => {
    expect(safeLink('https://аpple.com/')?.host).toBe('xn--pple-43d.com')
  })

  test('is quick with long text without any link', () => {
    const text = 'a.b@c-'.repeat(20_000)
    const start = performance.now()
    linkify(text)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
