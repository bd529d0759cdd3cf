import { expect, test } from 'vitest'
import { rowsOf, stepInGrid } from './grid-keys.ts'

// 0 1 2 / 3 4 · 5 · 6 7 8 / 9
const sections = [5, 1, 4]
const press = (at: number, key: string, ctrlKey = false) => stepInGrid(sections, 3, at, { key, ctrlKey })

test('[C2] sections begin rows of their own', () => {
  expect(rowsOf(sections, 3)).toEqual([
    { from: 0, to: 2 },
    { from: 3, to: 4 },
    { from: 5, to: 5 },
    { from: 6, to: 8 },
    { from: 9, to: 9 },
  ])
})

test('[C2] keys lead through a grid and stop at its ends', () => {
  expect(press(0, 'ArrowRight')).toBe(1)
  expect(press(4, 'ArrowRight')).toBe(5)
  expect(press(9, 'ArrowRight')).toBe(9)
  expect(press(0, 'ArrowLeft')).toBe(0)
  expect(press(2, 'ArrowDown')).toBe(4)
  expect(press(4, 'ArrowDown')).toBe(5)
  expect(press(5, 'ArrowDown')).toBe(6)
  expect(press(8, 'ArrowDown')).toBe(9)
  expect(press(9, 'ArrowDown')).toBe(9)
  expect(press(7, 'ArrowUp')).toBe(5)
  expect(press(1, 'ArrowUp')).toBe(1)
  expect(press(7, 'Home')).toBe(6)
  expect(press(7, 'End')).toBe(8)
  expect(press(7, 'Home', true)).toBe(0)
  expect(press(1, 'End', true)).toBe(9)
  expect(press(1, 'PageDown')).toBe(9)
  expect(press(9, 'PageUp')).toBe(0)
  expect(press(1, 'a')).toBe(null)
})
