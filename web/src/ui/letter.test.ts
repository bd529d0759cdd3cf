import { expect, test } from 'vitest'
import { letterOf } from './letter.ts'

test.each([
  ['Cyrillic', 'л', 'KeyK', 'k'],
  ['Cyrillic with Shift', 'Ф', 'KeyA', 'a'],
  ['Greek', 'κ', 'KeyK', 'k'],
  ['Greek, a mark', '\u0301', 'KeyE', 'e'],
  ['Hebrew', 'ח', 'KeyJ', 'j'],
  ['Arabic, two signs on one key', 'لا', 'KeyB', 'b'],
  ['Thai', 'ี', 'KeyU', 'u'],
  ['Korean', 'ㅏ', 'KeyK', 'k'],
  ['Japanese kana', 'の', 'KeyK', 'k'],
])('a key of a layout without Latin letters counts by its place: %s', (_, key, code, letter) => {
  expect(letterOf({ key, code })).toBe(letter)
})

test.each([
  ['Dvorak', 'k', 'KeyV', 'k'],
  ['French', 'a', 'KeyQ', 'a'],
  ['Turkish', 'ı', 'KeyI', 'ı'],
  ['German', 'ö', 'Semicolon', 'ö'],
  ['a sign', '?', 'Slash', '?'],
  ['Hebrew, a sign in the place of a letter', '/', 'KeyQ', '/'],
  ['no letter', 'Enter', 'Enter', 'enter'],
  ['a Cyrillic letter in no letter’s place', 'ж', 'Semicolon', 'ж'],
])('every other key counts by what it types: %s', (_, key, code, letter) => {
  expect(letterOf({ key, code })).toBe(letter)
})
