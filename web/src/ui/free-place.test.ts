import { describe, expect, test } from 'vitest'
import { freePlace, isFree } from './free-place.ts'

const window = { width: 1000, height: 800 }
const size = { width: 300, height: 40 }
const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom })
const at = ({ left, top }: { left: number; top: number }) =>
  box(left, top, left + size.width, top + size.height)

describe('freePlace', () => {
  test('is at the top, in the middle, where nothing is in the way', () => {
    expect(freePlace(size, window, [])).toEqual({ left: 350, top: 8 })
  })

  test('goes below what stands across the top', () => {
    const header = box(0, 0, 1000, 48)
    const place = freePlace(size, window, [header])
    expect(place).toEqual({ left: 350, top: 48 })
    expect(isFree(at(place), [header])).toBe(true)
  })

  test('goes to a side before it goes down', () => {
    expect(freePlace(size, window, [box(0, 0, 600, 800)])).toEqual({ left: 692, top: 8 })
    expect(freePlace(size, window, [box(400, 0, 1000, 800)])).toEqual({ left: 8, top: 8 })
  })

  test('covers as little as can be where there is no room', () => {
    const rows = box(0, 0, 1000, 780)
    const place = freePlace(size, window, [rows])
    expect(place.top).toBeGreaterThan(700)
    expect(isFree(at(place), [rows])).toBe(false)
  })

  test('stays in the window, however narrow that is', () => {
    expect(freePlace(size, { width: 280, height: 400 }, []).left).toBe(0)
  })
})
