import { expect, test } from 'vitest'
import { openKeeper } from './storage.ts'

function storageOf(values: Map<string, string>, full = false): Storage {
  return {
    get length() {
      return values.size
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem(key, value) {
      if (full && value !== '1') throw new DOMException('full', 'QuotaExceededError')
      values.set(key, value)
    },
    removeItem: (key) => void values.delete(key),
    clear: () => values.clear(),
  }
}

test('what is set is kept under the prefix, and leaves nothing behind', () => {
  const values = new Map<string, string>()
  const keeper = openKeeper(() => storageOf(values), 'foyer:key:')
  keeper.set('token', 'secret')
  expect(keeper.kept).toBe(true)
  expect([...values]).toEqual([['foyer:key:token', 'secret']])
  expect(openKeeper(() => storageOf(values), 'foyer:key:').get('token')).toBe('secret')
  keeper.set('token', null)
  expect(values.size).toBe(0)
})

test('storage that throws when named is replaced by memory', () => {
  const keeper = openKeeper(() => {
    throw new DOMException('blocked', 'SecurityError')
  }, 'foyer:')
  expect(keeper.kept).toBe(false)
  expect(keeper.storage).toBeNull()
  keeper.set('token', 'secret')
  expect(keeper.get('token')).toBe('secret')
  keeper.set('token', null)
  expect(keeper.get('token')).toBeNull()
})

test('storage that is full loses nothing while the page lives', () => {
  const keeper = openKeeper(() => storageOf(new Map(), true), 'foyer:')
  keeper.set('draft', 'half a sentence')
  expect(keeper.get('draft')).toBe('half a sentence')
})
