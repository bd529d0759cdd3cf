import { expect, test } from 'vitest'
import { knownSecrets, openOpenedLinks } from './opened-links.ts'

/** Enough of the browser's storage. */
function storage(items: Record<string, string> = {}): Storage {
  const held: Record<string, unknown> = { ...items }
  Object.defineProperties(held, {
    getItem: { value: (name: string) => held[name] ?? null },
    setItem: { value: (name: string, value: string) => Object.assign(held, { [name]: value }) },
    removeItem: { value: (name: string) => void delete held[name] },
  })
  return held as unknown as Storage
}

const blocked = () => {
  throw new Error('blocked')
}

test('a link that was opened here is known by what it gave, for a week', () => {
  const place = storage({ 'foyer-opened:an-old-link_': `${Date.now() - 8 * 24 * 3_600_000} token` })
  const opened = openOpenedLinks(() => place)
  expect(opened.own('a-secret-of-a-link')).toBe(undefined)
  expect(Object.keys(place)).toEqual([])
  opened.keep('a-secret-of-a-link', 'the-token')
  expect(opened.own('a-secret-of-a-link')).toBe('the-token')
  expect(opened.own('another-secret-of')).toBe(undefined)
  expect(JSON.stringify(place)).not.toContain('a-secret-of-a-link')
  opened.forget('a-secret-of-a-link')
  expect(opened.own('a-secret-of-a-link')).toBe(undefined)
})

test('what this browser is known by is found whichever widget it belongs to', () => {
  const [one, two] = ['x'.repeat(43), 'y'.repeat(43)]
  const place = storage({
    'foyer:key:token': one,
    'foyer:other:token': two,
    'foyer:key:draft:new': 'z'.repeat(43),
    'foyer:broken:token': 'short',
  })
  expect(knownSecrets(() => place)).toEqual([one, two])
})

test('where storage is blocked nothing is known and nothing breaks', () => {
  const opened = openOpenedLinks(blocked)
  opened.keep('a-secret-of-a-link', 'the-token')
  expect(opened.own('a-secret-of-a-link')).toBe(undefined)
  expect(knownSecrets(blocked)).toEqual([])
})
