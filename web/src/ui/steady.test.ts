import { describe, expect, test } from 'vitest'
import { steady } from './steady.ts'

const list = (text: string) => [...text]
const shown = (result: ReturnType<typeof steady>) => result.shown.join('')

describe('steady', () => {
  test('shows the truth when nothing is pointed at', () => {
    expect(steady(list('abc'), list('xcab'), null)).toEqual({
      shown: list('xcab'),
      gone: new Set(),
      waiting: 0,
    })
  })

  test('new rows above the one pointed at wait, and are counted', () => {
    const result = steady(list('abc'), list('xyabc'), 'b')
    expect(shown(result)).toBe('abc')
    expect(result.waiting).toBe(2)
  })

  test('new rows below it are shown at once', () => {
    const result = steady(list('abc'), list('abxc'), 'b')
    expect(shown(result)).toBe('abxc')
    expect(result.waiting).toBe(0)
  })

  test('a row that leaves above stays in its place, marked as gone', () => {
    const result = steady(list('abc'), list('bc'), 'b')
    expect(shown(result)).toBe('abc')
    expect(result.gone).toEqual(new Set(['a']))
  })

  test('the row pointed at never moves, wherever it belongs now', () => {
    expect(shown(steady(list('abcd'), list('cabd'), 'c'))).toBe('abcd')
    expect(shown(steady(list('abcd'), list('bcda'), 'a'))).toBe('abcd')
    expect(steady(list('abcd'), list('bcda'), 'a').waiting).toBe(0)
    expect(shown(steady(list('abcd'), list('acd'), 'b'))).toBe('abcd')
  })

  test('a row from below that belongs above keeps its place among those below', () => {
    const result = steady(list('abcd'), list('dabc'), 'a')
    expect(shown(result)).toBe('abcd')
    expect(result.waiting).toBe(1)
  })

  test('a row that moved up among those held in place is counted', () => {
    const result = steady(list('abcd'), list('cabd'), 'd')
    expect(shown(result)).toBe('abcd')
    expect(result.waiting).toBe(1)
  })

  test('an anchor that is not shown holds nothing', () => {
    expect(shown(steady(list('ab'), list('ba'), 'z'))).toBe('ba')
  })

  test('what one moves oneself is no news, whether it comes from below or from among those held', () => {
    expect(steady(list('abcd'), list('dabc'), 'a', 'd').waiting).toBe(0)
    expect(steady(list('abcd'), list('cabd'), 'd', 'c').waiting).toBe(0)
    expect(steady(list('abcd'), list('xdabc'), 'a', 'd').waiting).toBe(1)
  })
})
