import { expect, test } from 'vitest'
import { siteAllowed } from './model.ts'

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
