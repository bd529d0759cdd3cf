import { createText } from '@foyer/client/text.ts'
import { describe, expect, test } from 'vitest'
import de from '../../locales/de/web.json' with { type: 'json' }
import en from '../../locales/en/web.json' with { type: 'json' }
import fr from '../../locales/fr/web.json' with { type: 'json' }
import type { Part, Shortcut } from './part.ts'
import { entryOf, isIn } from './part.ts'
import { parts } from './parts.ts'
import { paths } from './paths.ts'
import { findSettings } from './screens/settings/find-settings.ts'
import { groupTitles } from './screens/settings/section.ts'
import { sections } from './screens/settings/sections.ts'
import { keysOf, shortcuts, shortcutsOf } from './screens/shell/shortcuts.ts'

const languages: Record<string, Record<string, string>> = { en, fr, de }

/** Every text a part names. */
const textsOf = (part: Part) => [
  part.label,
  ...(part.bottomLabel ? [part.bottomLabel] : []),
  ...[...(part.commands ?? []), ...(part.shortcuts ?? [])].map(({ label }) => label),
]

/** What is claimed twice where both could be meant: in one part, or everywhere. */
function clashes(all: readonly Shortcut[], there: readonly Pick<Part, 'path' | 'shortcuts'>[]): string[] {
  return there.flatMap(({ path, shortcuts: own = [] }) => {
    const here = all.filter((shortcut) => shortcut.everywhere || own.includes(shortcut))
    return here.flatMap((one, index) =>
      here
        .slice(index + 1)
        .filter(
          (other) =>
            other.id === one.id ||
            (other.key === one.key && (other.withControl ?? false) === (one.withControl ?? false)),
        )
        .map((other) => `${path}: ${one.id} and ${other.id}`),
    )
  })
}

const sources = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

const twice = <Value>(values: readonly Value[]) =>
  values.filter((value, index) => values.indexOf(value) !== index)

describe('a part', () => {
  test.each(parts.map((part) => [part.path, part] as const))(
    '%s can be named, seen and reached',
    (_, part) => {
      for (const [locale, texts] of Object.entries(languages))
        for (const key of textsOf(part)) expect(texts[key], `${locale}: ${key}`).toBeTruthy()
      expect(part.icon).toBeDefined()
      expect(part.path).toMatch(/^\/[a-z-]+$/)
      expect(isIn(part, entryOf(part))).toBe(true)
    },
  )

  test('has an address and commands of its own', () => {
    expect(twice(parts.map(({ path }) => path))).toEqual([])
    expect(twice(parts.flatMap(({ commands = [] }) => commands.map(({ id }) => id)))).toEqual([])
    for (const one of parts) expect(parts.filter((other) => isIn(other, entryOf(one)))).toEqual([one])
  })

  test('leaves room for four at the bottom of a small screen', () => {
    expect(parts.filter(({ bottomLabel }) => bottomLabel).length).toBeLessThanOrEqual(4)
  })
})

describe('a shortcut', () => {
  const one: Shortcut = { id: 'one', key: 'x', label: 'nav.inbox' }
  const other: Shortcut = { id: 'other', key: 'x', label: 'nav.settings' }

  test('has a key that nothing else has where it works', () => {
    expect(clashes(shortcuts, parts)).toEqual([])
  })

  test('with a key that another one has there is found', () => {
    const both = [{ path: '/here', shortcuts: [one, other] }]
    expect(clashes([one, other], both)).toEqual(['/here: one and other'])
    const apart = [
      { path: '/here', shortcuts: [one] },
      { path: '/there', shortcuts: [other] },
    ]
    expect(clashes([one, other], apart)).toEqual([])
    const wide = { ...other, everywhere: true } as const
    expect(clashes([one, wide], [{ path: '/here', shortcuts: [one] }])).toEqual(['/here: one and other'])
  })

  test('is in the list once, and every part’s is in it', () => {
    expect(twice(shortcuts.map(({ id }) => id))).toEqual([])
    for (const { shortcuts: own = [] } of parts) for (const each of own) expect(shortcuts).toContain(each)
  })

  test('is found by its press and written on its command', () => {
    const press = { code: '', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }
    const asked = (given: Partial<KeyboardEvent> & { key: string }) =>
      shortcutsOf({ ...press, ...given }).map(({ id }) => id)
    expect(asked({ key: 'j' })).toEqual(['next'])
    expect(asked({ key: 'a' })).toEqual(['assign-to'])
    expect(asked({ key: 'A', shiftKey: true })).toEqual(['assign'])
    // Caps Lock alone is no Shift.
    expect(asked({ key: 'A' })).toEqual(['assign-to'])
    expect(asked({ key: '?', shiftKey: true })).toEqual(['keys'])
    expect(asked({ key: 'k' })).toEqual(['previous'])
    expect(asked({ key: 'k', ctrlKey: true })).toEqual(['palette'])
    expect(asked({ key: 'k', metaKey: true })).toEqual(['palette'])
    expect(asked({ key: 'k', ctrlKey: true, altKey: true })).toEqual([])
    expect(asked({ key: 'j', ctrlKey: true })).toEqual([])
    expect(keysOf('assign')).toBe('Shift A')
    expect(keysOf('palette')).toMatch(/^(Ctrl|⌘) K$/)
    expect(keysOf('unassign')).toBeUndefined()
  })
})

describe('a command', () => {
  test('is offered somewhere under the id that a key or a button asks for', () => {
    const offered = Object.entries(sources)
      .filter(([file]) => !/shortcuts\.ts$/.test(file))
      .flatMap(([, source]) => [...source.matchAll(/\bid: '([^']+)'/g)].map((match) => match[1]))
    const asked = Object.values(sources).flatMap((source) =>
      [...source.matchAll(/runCommand\('([^']+)'\)/g)].map((match) => match[1]),
    )
    expect(asked.length).toBeGreaterThan(0)
    for (const id of [...asked, ...shortcuts.map((each) => each.id)]) expect(offered).toContain(id)
  })
})

/** The sources of a page of the settings: what it is made of, as far as that lies beside it; without what is left out. */
function pagesOf(
  file: string,
  isLeftOut: (source: string) => boolean = () => false,
  seen = new Set<string>(),
): string[] {
  const source = sources[`./screens/settings/${file}`]
  if (source === undefined || seen.has(file)) return []
  seen.add(file)
  if (isLeftOut(source)) return []
  const others = [...source.matchAll(/from '\.\/([^']+\.tsx)'/g)]
  return [source, ...others.flatMap(([, next = '']) => pagesOf(next, isLeftOut, seen))]
}

/** Which role is looked at, and the fields of what is found by its own name. */
const partsOfASetting = ['team.role', 'widget.followUpWords', 'address.new', 'password.current']

/** The names of fields, rows and parts as a page gives them. */
const labelsIn = (source: string) =>
  [
    ...source.matchAll(
      /<(?:PagePart|Field|PasswordField|NewPasswordField|ColorField|TextArea|Choice|SearchChoice|SoundChoice|ToggleRow|ProfileLanguages)\s+(?:label|title)=\{t\('([^']+)'\)\}/g,
    ),
  ].map(([, label = '']) => label)

/** A key that is put together where it is used, as what it can become. */
const patternOf = (text: string) =>
  new RegExp(`^${text.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[a-z]+')}$`)

describe('a section of the settings', () => {
  test.each(sections.map((section) => [section.path, section] as const))(
    '%s can be named and found by words',
    (path, section) => {
      for (const [locale, texts] of Object.entries(languages))
        for (const key of [
          section.label,
          section.words,
          section.text,
          groupTitles[section.group],
          ...section.settings.flatMap(({ label, help }) => (help ? [label, help] : [label])),
        ])
          expect(texts[key], `${locale}: ${key}`).toBeTruthy()
      expect(path).toMatch(/^[a-z-]+$/)
    },
  )

  test.each(sections.map((section) => [section.path, section] as const))(
    '%s offers to the search what stands on its page, and nothing else',
    (path, { settings }) => {
      const value = Object.values(sources).find(
        (source) => source.includes(`path: '${path}'`) && source.includes('Section = {'),
      )
      const file = value?.match(/import\('\.\.\/([^']+)'\)/)?.[1] ?? ''
      const page = pagesOf(file)
      expect(page.length).toBeGreaterThan(0)
      const named = settings.map(({ label }): string => label)
      expect(twice(named)).toEqual([])
      // Fields of a dialog are not on the page, nor is what only a dialog uses.
      const shown = pagesOf(file, (source) => source.includes('<Dialog'))
      const others = [...sections.map(({ label }): string => label), ...partsOfASetting]
      for (const label of shown.flatMap(labelsIn))
        if (!others.includes(label)) expect(named, 'a setting nobody can find').toContain(label)
      const texts = page.flatMap((source) => [...source.matchAll(/\bt\(['`]([^'`]+)['`]/g)])
      for (const { label, help } of settings)
        for (const key of [label, ...(help ? [help] : [])])
          expect(
            texts.some(([, text = '']) => text === key || patternOf(text).test(key)),
            `${key} is not on the page`,
          ).toBe(true)
    },
  )

  test('and each of its settings is found by its name in every language', () => {
    for (const [locale, texts] of Object.entries(languages)) {
      const t = createText(locale, texts)
      for (const section of sections)
        for (const { label, help } of section.settings) {
          const ids = (words: string) => findSettings(words, sections, t).map(({ id }) => id)
          const id = `settings/${section.path}#${label}`
          expect(ids(texts[label] ?? ''), `${locale}: ${label}`).toContain(id)
          const word = help && texts[help]?.match(/\p{L}{3,}/u)?.[0]
          if (word) expect(ids(word), `${locale}: ${help}`).toContain(id)
        }
    }
  })

  test('has an address of its own, and stands with those of its group', () => {
    expect(twice(sections.map(({ path }) => path))).toEqual([])
    const order = Object.keys(groupTitles)
    const places = sections.map(({ group }) => order.indexOf(group))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  test('is there wherever the sources lead to one', () => {
    const named = Object.values(sources).flatMap((source) =>
      [...source.matchAll(/[pP]aths\.settings\('([^']+)'\)/g)].map((match) => match[1]),
    )
    expect(named.length).toBeGreaterThan(4)
    for (const path of named) expect(sections.map((section) => section.path)).toContain(path)
    const settings = parts.find((part) => isIn(part, '/settings'))
    expect(sections.map(({ path }) => paths.settings(path))).toContain(settings && entryOf(settings))
  })
})
