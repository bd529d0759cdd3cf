import { describe, expect, test } from 'vitest'
import { asciiHost, mailAddress } from './addresses.ts'
import { email } from './scalars.ts'

const taken: readonly (string | readonly [typed: string, kept: string])[] = [
  'anna@example.com',
  'anna.berg@example.com',
  'r&d@example.com',
  'a=b@example.com',
  "o'brien@example.com",
  'anna+shop@example.com',
  'anna+@example.com',
  '+anna@example.com',
  'a@b.co',
  'first_last@example.com',
  '_@example.com',
  '-@example.com',
  "!#$%&'*+/=?^_`{|}~-@example.com",
  'user%example.com@relay.example',
  'a/b@example.com',
  '1234567890@example.com',
  'A.B.C@EXAMPLE.COM',
  'anna@sub.domain.example.co.uk',
  'anna@1and1.example',
  'anna@123.example',
  'anna@a-b.example',
  'anna@a--b.example',
  'anna@example.museum',
  'anna@example.photography',
  'anna@xn--e1afmkfd.xn--p1ai',
  'anna@xn--mller-kva.example',
  `${'a'.repeat(64)}@example.com`,
  `a@${'b'.repeat(63)}.example`,
  ['  anna@example.com ', 'anna@example.com'],
  ['anna@müller.example', 'anna@xn--mller-kva.example'],
  ['anna@MÜLLER.example', 'anna@xn--mller-kva.example'],
  ['anna@пример.рф', 'anna@xn--e1afmkfd.xn--p1ai'],
  ['r&d@пример.рф', 'r&d@xn--e1afmkfd.xn--p1ai'],
  ['anna@例え.テスト', 'anna@xn--r8jz45g.xn--zckzah'],
  ['anna@例え。テスト', 'anna@xn--r8jz45g.xn--zckzah'],
  ['anna@straße.example', 'anna@xn--strae-oqa.example'],
  ['anna@mu\u0308ller.example', 'anna@xn--mller-kva.example'],
]

const refused = [
  '',
  'anna',
  '@example.com',
  'anna@',
  'anna@example',
  'anna@localhost',
  'anna@.example.com',
  'anna@example.com.',
  'anna@example..com',
  '.anna@example.com',
  'anna.@example.com',
  'an..na@example.com',
  'an na@example.com',
  'anna@exam ple.com',
  'anna@@example.com',
  'anna@b@example.com',
  'anna@-example.com',
  'anna@example-.com',
  'anna@ex_ample.com',
  'anna@192.168.0.1',
  'anna@[192.168.0.1]',
  'anna@example.com/path',
  'anna@example.com:25',
  'anna@example.com?x',
  'anna@exa%6dple.com',
  'anna,bert@example.com',
  'anna;bert@example.com',
  'Anna <anna@example.com>',
  'anna@example.com, bert@example.com',
  'anna(comment)@example.com',
  '"anna berg"@example.com',
  'anna\\@example.com',
  'anna@example.com\r\nBcc: bert@example.com',
  'an\u0000na@example.com',
  'josé@example.com',
  'anna@exa\u200bmple.123',
  `${'a'.repeat(65)}@example.com`,
  `a@${'b'.repeat(64)}.example`,
  `a@${'bcde.'.repeat(60)}example`,
]

describe('one rule for e-mail addresses', () => {
  test.each(taken.map((each) => (typeof each === 'string' ? ([each, each] as const) : each)))(
    '%j is taken, as %j',
    (typed, kept) => {
      expect(mailAddress(typed)).toBe(kept)
      expect(email.parse(typed)).toBe(kept)
      // What is kept is taken again as it is.
      expect(mailAddress(kept)).toBe(kept)
    },
  )

  test.each(refused.map((each) => [each]))('%j is refused', (typed) => {
    expect(mailAddress(typed)).toBe(null)
    expect(email.safeParse(typed).success).toBe(false)
  })
})

test('names of hosts are converted, and nothing else is', () => {
  expect(asciiHost('shop.example')).toBe('shop.example')
  expect(asciiHost('läden.example')).toBe('xn--lden-loa.example')
  expect(asciiHost('localhost')).toBe('localhost')
  for (const wrong of ['', 'a b', 'a/b', 'ä/b', 'user@ä.example', 'ä:80', 'a_b.example', 'ä..example'])
    expect(asciiHost(wrong), wrong).toBe(null)
})
