import { expect, test } from 'vitest'
import { cutText, wholeGraphemes } from './graphemes.ts'

const family = '👨‍👩‍👧‍👦'
const flag = '🇨🇭'
const accented = 'e\u0301\u0323'

test.each([family, flag, accented, '🏳️‍🌈', '👍🏽', '각', 'a'])('%s is never cut within', (sign) => {
  for (let count = 1; count < 6; count++) {
    expect(cutText(sign.repeat(6), count)).toBe(`${sign.repeat(count)}…`)
    expect(cutText(sign.repeat(count), count)).toBe(sign.repeat(count))
  }
})

test('what the database has cut ends with a whole sign', () => {
  const text = `${'x'.repeat(155)}${family}${family}`
  const cut = [...text].slice(0, 160).join('')
  expect(wholeGraphemes(cut, 159)).toBe(`${'x'.repeat(155)}…`)
  expect(wholeGraphemes('x'.repeat(159), 160)).toBe('x'.repeat(159))
  expect(wholeGraphemes('🙂'.repeat(159), 160)).toBe('🙂'.repeat(159))
  // What is just as long as may be shown is whole.
  for (const sign of ['x', '🙂', 'é']) expect(wholeGraphemes(sign.repeat(160), 160)).toBe(sign.repeat(160))
  expect(wholeGraphemes('x'.repeat(161), 160)).toBe(`${'x'.repeat(160)}…`)
  // One sign that is longer is shown in part rather than not at all.
  expect(wholeGraphemes(`a${'\u0301'.repeat(160)}`, 160)).toBe(`a${'\u0301'.repeat(159)}…`)
})
