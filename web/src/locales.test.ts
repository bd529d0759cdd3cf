import { createText } from '@foyer/client/text.ts'
import { errors } from '@foyer/contract/errors.ts'
import { describe, expect, test } from 'vitest'
import deErrors from '../../locales/de/errors.json' with { type: 'json' }
import deWeb from '../../locales/de/web.json' with { type: 'json' }
import enErrors from '../../locales/en/errors.json' with { type: 'json' }
import enWeb from '../../locales/en/web.json' with { type: 'json' }
import frErrors from '../../locales/fr/errors.json' with { type: 'json' }
import frWeb from '../../locales/fr/web.json' with { type: 'json' }

const webs: Record<string, Record<string, string>> = { en: enWeb, fr: frWeb, de: deWeb }
const catalogues: Record<string, Record<string, string>> = { en: enErrors, fr: frErrors, de: deErrors }
/** The values a message is made with, as names in its text. */
const values = (message: string) =>
  [
    ...new Set(
      [...message.matchAll(/(?<!\b(?:me|unknown|one|other) )\{(\w+)(?=[,}])/g)].map((match) => match[1]),
    ),
  ].sort()

describe.each(['en', 'fr', 'de'])('%s', (locale) => {
  const web = webs[locale] ?? {}
  const catalogue = catalogues[locale] ?? {}

  test('has every text, made with the same values', () => {
    expect(Object.keys(web).sort()).toEqual(Object.keys(enWeb).sort())
    for (const [key, english] of Object.entries(enWeb))
      expect(values(web[key] ?? ''), key).toEqual(values(english))
  })

  test('has a sentence for every error', () => {
    expect(Object.keys(catalogue).sort()).toEqual([...Object.keys(errors), 'network'].sort())
  })

  test('can be read by the formatter', () => {
    const t = createText(locale, web)
    const given = { count: 2, seconds: 3, name: 'Ann', by: 'Ben', text: 'x', time: '4 min', words: 'w' }
    const more = {
      place: 'p',
      state: 's',
      device: 'd',
      group: 'g',
      organization: 'o',
      slots: 4,
      used: 1,
      most: 3,
      when: 'now',
      browser: 'b',
      system: 's',
      contact: 'c',
      day: 'd',
      address: 'a@b.example',
      role: 'r',
      mark: 'm',
      reason: 'r',
    }
    for (const key of Object.keys(web)) expect(t(key, { ...given, ...more }), key).not.toMatch(/[{}]/)
  })

  test('does not shout and keeps its spaces', () => {
    for (const text of [...Object.values(web), ...Object.values(catalogue)]) {
      expect(text).not.toMatch(/!/)
      expect(text).not.toMatch(/^\s|\s$| {2}|'/)
      if (locale === 'fr') expect(text).not.toMatch(/ [:;?»]|« /)
    }
  })
})
