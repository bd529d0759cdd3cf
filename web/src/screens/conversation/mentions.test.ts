import { describe, expect, test } from 'vitest'
import { mentionable, mentionBefore, mentionedIn, pieces } from './mentions.ts'

const team = [
  { id: '1', name: 'Anna Berg' },
  { id: '2', name: 'Anna' },
  { id: '3', name: 'Béla Anders' },
  { id: '4', name: 'O’Neill' },
]

describe('[P9] naming colleagues in a note', () => {
  test('mentionBefore', () => {
    expect(mentionBefore('Ask @An', 7)).toEqual({ start: 4, query: 'An' })
    expect(mentionBefore('@Anna Be', 8)).toEqual({ start: 0, query: 'Anna Be' })
    expect(mentionBefore('@', 1)).toEqual({ start: 0, query: '' })
    expect(mentionBefore('write to me@example', 19)).toBeNull()
    expect(mentionBefore('@Anna and then more', 19)).toBeNull()
    expect(mentionBefore('@An later', 3)).toEqual({ start: 0, query: 'An' })
  })

  test('mentionable: first names first, accents and capitals do not matter', () => {
    expect(mentionable(team, 'an').map(({ id }) => id)).toEqual(['2', '1', '3'])
    expect(mentionable(team, 'BELA').map(({ id }) => id)).toEqual(['3'])
    expect(mentionable(team, 'zz')).toEqual([])
  })

  test('mentionedIn: whole names, the longest of those that begin alike', () => {
    expect(mentionedIn('@Anna Berg, look', team)).toEqual(['1'])
    expect(mentionedIn('@Anna, look', team)).toEqual(['2'])
    expect(mentionedIn('@Annabel and mail@Anna', team)).toEqual([])
    expect(mentionedIn('@O’Neill and @Anna', team)).toEqual(['2', '4'])
  })

  test('pieces are the text again', () => {
    const text = 'Hi @Anna Berg! (@Anna)'
    const cut = pieces(text, ['Anna', 'Anna Berg'])
    expect(cut.map((piece) => piece.text).join('')).toBe(text)
    expect(cut.filter(({ name }) => name).map(({ name }) => name)).toEqual(['Anna Berg', 'Anna'])
    expect(pieces(text, [])).toEqual([{ text }])
  })
})
