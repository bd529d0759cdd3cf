import { expect, test } from 'vitest'
import { strengthOf } from './strength.ts'

test('a password is as strong as it is long and varied', () => {
  expect(strengthOf('a1!')).toBe('short')
  expect(strengthOf('12345678')).toBe('weak')
  expect(strengthOf('aaaaaaaaaaaaaaaa')).toBe('weak')
  expect(strengthOf('tulip-42-harbour')).toBe('strong')
  expect(strengthOf('kettle91ab')).toBe('fair')
})
