import { expect, test } from 'vitest'
import { browserKind, refusalOf } from './microphone.ts'

test('[C9] why there is no microphone, by what browsers say', () => {
  const named = (name: string) => refusalOf(new DOMException('', name))
  expect(named('NotAllowedError')).toBe('denied')
  expect(named('NotFoundError')).toBe('missing')
  expect(named('OverconstrainedError')).toBe('missing')
  expect(named('NotReadableError')).toBe('busy')
  expect(named('AbortError')).toBe('busy')
  expect(refusalOf('anything else')).toBe('denied')
})

test('[C9] the way out is that of the browser', () => {
  const kind = (userAgent: string) => browserKind({ userAgent } as Navigator)
  const safari =
    'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15'
  expect(kind(safari)).toBe('safari')
  expect(kind('Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0')).toBe('firefox')
  expect(kind(safari.replace('Version/17.5', 'Chrome/123.0.0.0'))).toBe('chromium')
  expect(kind(safari.replace('Version/17.5', 'Chrome/123.0.0.0').concat(' Edg/123.0'))).toBe('chromium')
})
