import { expect, test } from 'vitest'
import { shortNameBefore } from './short-names.ts'

const before = (text: string) => shortNameBefore(text, text.length)

test('[C2] a short name is what stands behind a colon that begins a word', () => {
  expect(before(':sm')).toEqual({ start: 0, query: 'sm' })
  expect(before('Thank you :smile')).toEqual({ start: 10, query: 'smile' })
  expect(before('(:tada:')).toEqual({ start: 1, query: 'tada' })
  expect(before(':+1')).toEqual({ start: 0, query: '+1' })
  expect(before(':grün')).toEqual({ start: 0, query: 'grün' })
  expect(shortNameBefore(':smile and more', 4)).toEqual({ start: 0, query: 'smi' })
})

test('[C2] smileys, times and addresses are none', () => {
  for (const text of [
    ':)',
    ':-)',
    ':D',
    ':',
    '12:30',
    'https://foyer',
    'note:this',
    ': smile',
    ':smile ',
    '::',
  ])
    expect(before(text), text).toBe(null)
})
