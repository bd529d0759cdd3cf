import { expect, test } from 'vitest'
import { regionOf } from './region.ts'

test.each([
  ['en', ['en-GB'], 'en-GB'],
  ['en', ['en-US', 'en-GB'], 'en-US'],
  ['en', ['en', 'en-GB'], 'en-GB'],
  ['en', ['de-DE', 'en'], 'en-DE'],
  ['fr', ['en-GB', 'fr-CA'], 'fr-CA'],
  ['de', ['en-US'], 'de-US'],
  ['en', ['en'], 'en'],
  ['en', ['x y', 'C', 'fr-CH'], 'en-CH'],
  ['en', [], 'en'],
])('%s in a browser that asks for %j is written as %s', (language, wanted, region) => {
  expect(regionOf(language, wanted)).toBe(region)
  expect(() => new Intl.DateTimeFormat(region)).not.toThrow()
})
