import { describe, expect, test } from 'vitest'
import { bestFirst, matchWords } from './find.ts'

const marked = (asked: string, name: string) =>
  matchWords(asked, name)
    ?.pieces.map(({ text, marked }) => (marked ? `[${text}]` : text))
    .join('')

describe('matchWords', () => {
  test('marks what was asked for, whatever its case and accents', () => {
    expect(marked('elo', 'Élodie Martin')).toBe('[Élo]die Martin')
    expect(marked('MAR elo', 'Élodie Martin')).toBe('[Élo]die [Mar]tin')
    expect(marked('strasse', 'Lange Straße 5')).toBe('Lange [Straße] 5')
    expect(marked('e\u0301lo', 'E\u0301lodie')).toBe('[E\u0301lo]die')
    expect(marked('', 'Anything')).toBe('Anything')
  })

  test('wants every word, and of one letter only beginnings', () => {
    expect(matchWords('anna cole', 'Anna Berg')).toBeNull()
    expect(matchWords('n', 'Anna Berg')).toBeNull()
    expect(marked('b', 'Anna Berg')).toBe('Anna [B]erg')
  })

  test('finds what is only about the words', () => {
    expect(matchWords('dark', 'Theme', 'light, dark')?.pieces).toEqual([{ text: 'Theme', marked: false }])
    expect(matchWords('theme dark', 'Theme', 'light, dark')?.rank).toBe(4)
    expect(matchWords('ark', 'Theme', 'light, dark')).toBeNull()
  })
})

describe('bestFirst', () => {
  test('puts beginnings before what stands further in, and keeps the order of the rest', () => {
    const names = ['Reopen', 'The open door', 'Open', 'Open the inbox', 'About', 'Openly']
    const found = bestFirst('open', names, (name) => ({
      name,
      ...(name === 'About' ? { about: 'open' } : {}),
    }))
    expect(found.map(({ item }) => item)).toEqual([
      'Open',
      'Open the inbox',
      'Openly',
      'The open door',
      'Reopen',
      'About',
    ])
  })

  test('is quick enough for a press of a key among thousands', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `Contact ${index} of the shop`)
    const start = performance.now()
    expect(bestFirst('contact 49', names, (name) => ({ name })).length).toBeGreaterThan(100)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
