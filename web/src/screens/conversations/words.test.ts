import { createText } from '@foyer/client/text.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import { expect, test } from 'vitest'
import de from '../../../../locales/de/web.json' with { type: 'json' }
import en from '../../../../locales/en/web.json' with { type: 'json' }
import fr from '../../../../locales/fr/web.json' with { type: 'json' }
import type { TextKey } from '../../text.tsx'
import { contactName, previewText, shortContactName } from './words.ts'

const catalogues = { en, fr, de }
const textOf = (locale: keyof typeof catalogues) => createText<TextKey>(locale, catalogues[locale])
const t = textOf('en')
const id = '0e7f6a04-3d0f-4c3f-9a73-5f2f5d0b7c11'
const contact = { id, name: null, email: null }

test('a contact is called by name, else by what stands before the @, else by a mark of their own', () => {
  expect(contactName({ contact: { id, name: 'Zoe', email: 'z@contact.example' } }, t)).toBe('Zoe')
  expect(contactName({ contact: { ...contact, email: 'zoe.meyer@contact.example' } }, t)).toBe('zoe.meyer')
  expect(contactName({ contact }, t)).toMatch(/^Visitor \p{Lu}\p{L}+ \d\d$/u)
  expect(contactName({ contact }, t)).toBe(contactName({ contact }, t))
  expect(shortContactName({ contact }, t)).toBe('Visitor')
})

test('marks are the same in number in each language, and tell a hundred visitors apart', () => {
  const marks = (['en', 'fr', 'de'] as const).map((locale) => textOf(locale)('contact.marks').split(', '))
  for (const list of marks) {
    expect(list).toHaveLength(marks[0]?.length ?? 0)
    expect(new Set(list).size).toBe(list.length)
  }
  const names = Array.from({ length: 100 }, () =>
    contactName({ contact: { ...contact, id: crypto.randomUUID() } }, t),
  )
  expect(new Set(names).size).toBeGreaterThan(95)
})

test('what came last is shown in one line, and of what only a newer version knows that it is there', () => {
  const shown = (preview: Head['preview']) =>
    previewText({ preview, assigneeId: 'me', handed: null } as Head, 'me', t)
  expect(shown({ author: 'contact', text: 'One\ntwo' })).toBe('One two')
  expect(shown({ author: 'operator', text: '' })).toBe(t('row.you', { text: t('event.unknown') }))
  expect(shown(null)).toBe('')
})
