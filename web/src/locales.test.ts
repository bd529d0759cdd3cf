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
    for (const [key, text] of Object.entries(web) as [keyof typeof web, string][])
      expect(t(key, valuesFor(text)), key).not.toMatch(/[{}]/)
  })

  test('does not shout and keeps its spaces', () => {
    for (const text of [...Object.values(web), ...Object.values(catalogue)]) {
      expect(text).not.toMatch(/!/)
      expect(text).not.toMatch(/^\s|\s$| {2}|'/)
      if (locale === 'fr') expect(text).not.toMatch(/ [:;?»]|« /)
    }
  })
})

/** Something for every place of a text: a number where it counts. */
function valuesFor(text: string): Record<string, string | number> {
  const places = [...text.matchAll(/\{(\w+)(, (?:plural|number))?/g)]
  const values: Record<string, string | number> = {}
  for (const [, name = '', counts] of places) if (counts || !(name in values)) values[name] = counts ? 2 : 'x'
  return values
}
