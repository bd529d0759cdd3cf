import { expect, test } from 'vitest'
import { createGate } from './gate.ts'

test('two run at once, in the order they came, and one that fails makes way like any other', async () => {
  const gate = createGate(2)
  const began: number[] = []
  let running = 0
  let most = 0
  const work = Array.from({ length: 9 }, (_, index) =>
    gate(async () => {
      began.push(index)
      most = Math.max(most, ++running)
      await new Promise((done) => setTimeout(done, 5))
      running--
      if (index % 3 === 0) throw new Error('failed')
      return index
    }),
  )
  const results = await Promise.allSettled(work)
  expect(results.map(({ status }) => status === 'fulfilled')).toEqual(
    Array.from({ length: 9 }, (_, index) => index % 3 !== 0),
  )
  expect(most).toBe(2)
  expect(began).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
})
