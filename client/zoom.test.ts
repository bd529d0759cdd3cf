import { expect, test } from 'vitest'
import { mostZoom, nextZoom, otherZoom } from './zoom.ts'

test('[C7] keys go on to the next step from wherever two fingers left it, and no further than there are', () => {
  const up: number[] = []
  for (let zoom = 1; zoom < mostZoom; up.push(zoom)) zoom = nextZoom(zoom, 1)
  expect(up).toEqual([1.5, 2, 3, 4, 6])
  expect(nextZoom(mostZoom, 1)).toBe(mostZoom)
  expect([2.3, 1.2, 1].map((zoom) => nextZoom(zoom, -1))).toEqual([2, 1, 1])
  expect([2.3, 1.2].map((zoom) => nextZoom(zoom, 1))).toEqual([3, 1.5])
  expect([1, 1.5, 6].map(otherZoom)).toEqual([2, 1, 1])
})
