import { describe, expect, test } from 'vitest'
import { emojiList, emojiWords } from '../emoji-data.ts'
import { findEmoji, readEmoji, withRecent, withTone } from './emoji.ts'
import { isFewEmoji } from './few-emoji.ts'

const inLanguage = (locale: string) =>
  readEmoji({
    list: emojiList(),
    words: locale === 'en' ? [emojiWords('en')] : [emojiWords(locale), emojiWords('en')],
  })
const english = inLanguage('en')
const first = (all: typeof english, query: string) => findEmoji(all, query, 1)[0]?.emoji

describe('the emoji', () => {
  test('[C2] are there with their groups, names and words, in every language', () => {
    for (const locale of ['en', 'fr', 'de']) {
      const all = inLanguage(locale)
      expect(all.length).toBeGreaterThan(1_800)
      expect(new Set(all.map(({ emoji }) => emoji)).size).toBe(all.length)
      expect([...new Set(all.map(({ group }) => group))]).toEqual([
        'smileys',
        'people',
        'animals',
        'food',
        'travel',
        'activities',
        'objects',
        'symbols',
        'flags',
      ])
      for (const { name, names } of all) {
        expect(name).not.toBe('')
        expect(names).toHaveLength(locale === 'en' ? 1 : 2)
      }
    }
  })

  test('[C2] are found by words of the language and of English, without accents and capitals', () => {
    expect(first(english, 'smile')).toBe('😄')
    expect(first(english, 'thumbs up')).toBe('👍')
    expect(first(english, '+1')).toBe('👍')
    const german = inLanguage('de')
    expect(first(german, 'Daumen hoch')).toBe('👍')
    expect(first(german, 'thumbs up')).toBe('👍')
    expect(first(german, 'grinsendes gesicht')).toBe('😀')
    expect(findEmoji(german, 'straße', 9).map(({ emoji }) => emoji)).toEqual(
      findEmoji(german, 'STRASSE', 9).map(({ emoji }) => emoji),
    )
    const french = inLanguage('fr')
    expect(first(french, 'pouce vers le haut')).toBe('👍')
    expect(findEmoji(french, 'coeur', 60).map(({ emoji }) => emoji)).toContain('❤️')
    expect(findEmoji(french, 'etoile', 20).map(({ emoji }) => emoji)).toContain('⭐')
    expect(findEmoji(french, 'party popper', 1)[0]?.name).toBe('cotillons')
  })

  test('[C2] nothing is found by nothing, and not more than is asked for', () => {
    expect(findEmoji(english, '  ', 9)).toEqual([])
    expect(findEmoji(english, 'xqzy', 9)).toEqual([])
    expect(findEmoji(english, 'face', 5)).toHaveLength(5)
  })

  test('[C2] take a skin tone where they have one', () => {
    expect(withTone('👋', 3)).toBe('👋🏽')
    expect(withTone('☝️', 1)).toBe('☝🏻')
    expect(withTone('👩‍❤️‍👨', 5)).toBe('👩🏿‍❤️‍👨🏿')
    expect(withTone('🧑‍🤝‍🧑', 2)).toBe('🧑🏼‍🤝‍🧑🏼')
    expect(withTone('🤝', 2)).toBe('🤝🏼')
    expect(withTone('👋', 0)).toBe('👋')
    const toned = english.filter(({ isToned }) => isToned)
    expect(toned.length).toBeGreaterThan(280)
    for (const { emoji } of toned) expect(withTone(emoji, 4)).not.toBe(emoji)
    expect(english.find(({ emoji }) => emoji === '😀')?.isToned).toBe(false)
  })

  test('[C2] those picked last come first, each once', () => {
    expect(withRecent(['a', 'b', 'c'], 'b', 3)).toEqual(['b', 'a', 'c'])
    expect(withRecent(['a', 'b', 'c'], 'd', 3)).toEqual(['d', 'a', 'b'])
  })
})

describe('a message of few emoji', () => {
  test('[C2] every emoji there is is one, in every tone', () => {
    for (const { emoji, isToned } of english) {
      expect(isFewEmoji(emoji), emoji).toBe(true)
      expect(isFewEmoji(`${emoji}${emoji} ${emoji}\n`), emoji).toBe(true)
      expect(isFewEmoji(`${emoji}${emoji}${emoji}${emoji}`), emoji).toBe(false)
      if (isToned) expect(isFewEmoji(withTone(emoji, 2)), emoji).toBe(true)
    }
  })

  test.each(['👨‍👩‍👧‍👦', '🏳️‍🌈', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🇫🇷🇩🇪', '1️⃣', '❤️', '❤️‍🔥', '👩🏽‍🚀 👍🏿', ' 🎉 '])(
    '[C2] %s is one',
    (text) => {
      expect(isFewEmoji(text)).toBe(true)
    },
  )

  test.each([
    '',
    ' ',
    '1',
    '123',
    '#',
    '*',
    '©',
    '☎',
    '🇫',
    'a',
    '👍a',
    'a👍',
    ':)',
    '👍.',
    '👍\u200d',
    '⌚\ufe0e',
    '👍'.repeat(4),
    '👍'.repeat(5_000),
  ])('[C2] “%s” is none', (text) => {
    expect(isFewEmoji(text)).toBe(false)
  })
})
