import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { saveDraft } from './drafts.ts'
import { line, messageText } from './scalars.ts'
import { cleanText, isSendable, isVisible, longestText } from './written.ts'

describe('a text as it is kept', () => {
  test.each([
    ['    a\n        b', '    a\n        b'],
    ['\n \t\n\n  a\n\n', '  a'],
    ['\ta', '\ta'],
    ['a \n b  ', 'a \n b'],
    ['a\r\nb\rc\vd\fe\u0085f\u2028g\u2029h', 'a\nb\nc\nd\ne\nf\ng\nh'],
    ['a\u0000b\u0001c\u001bd\u007fe\u009ff', 'abcdef'],
    ['a\ud800b', 'a\ufffdb'],
    ['👩‍👩‍👧 ü', '👩‍👩‍👧 ü'],
    ['\u0000\n  a', '  a'],
    ['a\u0000', 'a'],
  ])('%j becomes %j', (text, kept) => {
    expect(cleanText(text)).toBe(kept)
    expect(messageText.parse(text)).toBe(kept)
  })

  test.each([
    '',
    ' \n\t',
    '\u0000',
    '\u00ad',
    '\u034f',
    '\u115f',
    '\u180e',
    '\u200b',
    '\u200d\ufe0f',
    '\u202e',
    '\u2060',
    '\u2800',
    '\u3000',
    '\u3164',
    '\ufeff',
    '\uffa0',
    '\ufffc',
    '\u{e0020}',
    '\u0301',
    '\u20e3',
    '\u0488',
    '\u{13430}',
    '\u{13441}',
    '\u{16fe4}',
    ' \u0301\u0488',
    '\u200b \u2800\n\u3164',
  ])('%j holds nothing to see, and is not sent', (text) => {
    expect(isSendable(cleanText(text))).toBe(false)
    expect(messageText.safeParse(text).success).toBe(false)
  })

  test.each(['.', '0', '日', '👍', '👍\u200b', '\u0301a', '\u0600', '\ue000', '\u202ea'])(
    '%j is sent',
    (text) => {
      expect(isVisible(text)).toBe(true)
      expect(messageText.safeParse(text).success).toBe(true)
    },
  )

  test('a name shows something, and turns nothing around', () => {
    for (const name of ['\u200b', '\u202e', ' \u2066\u2069 ', '\u0301', '\u3164'])
      expect(line(80).safeParse(name).success, JSON.stringify(name)).toBe(false)
    expect(line(80).parse('\u202eevil')).toBe('evil')
    expect(line(80).parse('\u2067 Ann \u2069')).toBe('Ann')
    for (const name of ['Ann', 'אן\u200f', 'E\u0301lodie', '👩‍👩‍👧', '文'])
      expect(line(80).parse(name)).toBe(name)
  })

  test('client and server agree on any text, and cleaning twice changes nothing more', () => {
    const sign = fc.constantFrom('\u0000', '\ud800', '\r', '\n', '\t', ' ', '\u200b', '\u2028', 'a', '👍')
    const piece = fc.oneof(sign, fc.string({ unit: 'binary', maxLength: 3 }))
    const text = fc.array(piece, { maxLength: 12 }).map((all) => all.join(''))
    fc.assert(
      fc.property(text, (written) => {
        const kept = cleanText(written)
        expect(cleanText(kept)).toBe(kept)
        const answer = messageText.safeParse(written)
        expect(answer.success).toBe(isSendable(kept))
        if (answer.success) expect(answer.data).toBe(kept)
        expect(kept).not.toMatch(/(?![\n\t])\p{Cc}/u)
        expect(kept.isWellFormed()).toBe(true)
      }),
    )
  })

  test('the longest text is bounded in bytes, alone and in JSON', () => {
    for (const sign of ['a', '漢', '👍', '"', '\\', '\t', '\u0001', '\u2028', '\ud800']) {
      const text = cleanText(`.${sign.repeat(longestText)}`.slice(0, longestText))
      expect(Buffer.byteLength(JSON.stringify(text)), JSON.stringify(sign)).toBeLessThanOrEqual(
        3 * longestText + 2,
      )
    }
    expect(messageText.safeParse('a'.repeat(longestText + 1)).success).toBe(false)
    // Units are counted, as a browser counts.
    for (const [text, is] of [
      ['𝒳'.repeat(longestText / 2), true],
      [`${'𝒳'.repeat(longestText / 2)}a`, false],
      ['𝒳'.repeat(longestText), false],
    ] as const) {
      expect(messageText.safeParse(text).success).toBe(is)
      expect(isSendable(text)).toBe(is)
      expect(saveDraft.body.safeParse({ kind: 'note', text, from: 0 }).success).toBe(is)
    }
    expect(messageText.safeParse(`${'a'.repeat(longestText)}\n`).success).toBe(true)
  })

  test('T66 cleaning takes twice as long for twice the text, whatever it is made of', () => {
    for (const part of [' ', '\n', ' \n', '\t\u0000', '\r', ' a']) {
      const [once, twice] = [1, 2].map((times) => {
        const text = part.repeat((60_000 * times) / part.length)
        const runs = Array.from({ length: 5 }, () => {
          const before = performance.now()
          cleanText(text)
          isVisible(text)
          return performance.now() - before
        })
        return Math.min(...runs)
      }) as [number, number]
      expect(twice, JSON.stringify(part)).toBeLessThan(Math.max(150, once * 4))
    }
  })
})
