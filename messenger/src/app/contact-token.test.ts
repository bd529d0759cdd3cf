import { expect, test } from 'vitest'
import { makeContactToken, readContactToken } from './contact-token.ts'
import { openKeeper } from './storage.ts'

const memory = () =>
  openKeeper(() => {
    throw new Error('blocked')
  }, '')

test('a token has 43 characters of base64url, is kept, and never the same', () => {
  const keeper = memory()
  expect(readContactToken(keeper)).toBeNull()
  const token = makeContactToken(keeper)
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(readContactToken(keeper)).toBe(token)
  expect(makeContactToken(memory())).not.toBe(token)
})

test('a damaged token counts as none', () => {
  const keeper = memory()
  keeper.set('token', 'cut off')
  expect(readContactToken(keeper)).toBeNull()
})
