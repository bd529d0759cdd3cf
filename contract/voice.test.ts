import { expect, test } from 'vitest'
import { textWithFiles, writtenBeside } from './file-facts.ts'
import { clockOf, sayVoice, voiceLine } from './voice.ts'

const say = (clock: string) => `Voice message (${clock})`

test('[C9] a voice message stands in a text without words, and is told in the words of whoever reads', () => {
  const files = [{ name: 'voice 1.weba', voice: { ms: 12_400 } }]
  const text = textWithFiles('', files)
  expect(text).toBe('🎤 0:12')
  expect(sayVoice(text, say)).toBe('Voice message (0:12)')
  expect(writtenBeside({ text, files })).toBe('')
  const both = textWithFiles('Listen to this', files)
  expect(sayVoice(both, say)).toBe('Listen to this\nVoice message (0:12)')
  expect(writtenBeside({ text: both, files })).toBe('Listen to this')
})

test('[C9] what only looks like one within a line stays as it was written', () => {
  for (const text of ['I said 🎤 0:12', '🎤 0:12 long', '🎤', 'a 🎤 1:00\nb'])
    expect(sayVoice(text, say)).toBe(text)
})

test('[C9] lengths as a clock shows them', () => {
  expect([0, 999, 59_999, 60_000, 600_000].map(clockOf)).toEqual(['0:00', '0:00', '0:59', '1:00', '10:00'])
  expect(voiceLine(61_000)).toBe('🎤 1:01')
})
