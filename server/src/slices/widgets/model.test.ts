import { expect, test } from 'vitest'
import { asSite, isSite, siteAllowed } from './model.ts'

const sites = [
  'https://shop.example',
  'https://*.example.com',
  'http://localhost:8080',
  'https://[2001:db8::1]',
]

test.each([
  'https://shop.example',
  'https://SHOP.example',
  'https://shop.example:443',
  'https://www.example.com',
  'https://a.b.example.com',
  'http://localhost:8080',
  'https://[2001:db8::1]',
])('%s may carry the widget', (origin) => {
  expect(siteAllowed(sites, origin)).toBe(true)
})

test.each([
  'http://shop.example',
  'https://shop.example:8443',
  'https://shop.example.com.evil',
  'https://www.shop.example',
  'https://example.com',
  'https://evil-example.com',
  'https://example.com.evil',
  'https://.example.com',
  'https://*.example.com',
  'https://www.example.com.evil.example',
  'https://evil.example/https://www.example.com',
  'https://evil.example#www.example.com',
  'https://www.example.com@evil.example',
  'https://www.example.com/',
  'https://www.example.com\n',
  'http://localhost',
  'http://localhost:80800',
  'null',
  '',
  'javascript://www.example.com',
])('%s may not', (origin) => {
  expect(siteAllowed(sites, origin)).toBe(false)
})

test('a widget without sites stands anywhere', () => {
  expect(siteAllowed([], 'https://anything.example')).toBe(true)
})

test.each(['*', 'https://*', 'https://*.', 'https://', 'example.com', '.*', 'https://(a+)+$'])(
  'a pattern such as %s allows nothing',
  (pattern) => {
    for (const origin of ['https://www.example.com', 'https://example.com'])
      expect(siteAllowed([pattern], origin)).toBe(false)
  },
)

test.each([
  ['https://läden.example', 'https://xn--lden-loa.example'],
  ['https://*.läden.example', 'https://*.xn--lden-loa.example'],
  ['http://пример.рф:8080', 'http://xn--e1afmkfd.xn--p1ai:8080'],
  ['https://例え.テスト', 'https://xn--r8jz45g.xn--zckzah'],
  ['https://shop.example', 'https://shop.example'],
])('a site with an international host is kept as browsers name it: %s', (typed, kept) => {
  expect(asSite(typed)).toBe(kept)
  expect(isSite(kept)).toBe(true)
  const own = kept.replace('*.', 'www.')
  expect(siteAllowed([kept], own)).toBe(true)
})

test.each([
  'https://lä den.example',
  'https://läden.example/path',
  'ftp://läden.example',
  'https://u@läden.example',
])('what is no site stays refused: %s', (typed) => expect(isSite(asSite(typed))).toBe(false))
