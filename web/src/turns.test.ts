import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('what is asked of one conversation waits for what was asked before, also if that was refused', async () => {
  const inTurn = createTurns()
  const order: string[] = []
  const slowly = (name: string, ms: number) => async () => {
    order.push(`${name} begins`)
    await new Promise((done) => setTimeout(done, ms))
    order.push(`${name} ends`)
    if (name === 'take') throw new Error('refused')
  }
  const taken = inTurn('a', slowly('take', 20)).catch(() => order.push('refusal told'))
  await Promise.all([taken, inTurn('a', slowly('write', 1)), inTurn('b', slowly('other', 1))])
  expect(order.filter((step) => !step.startsWith('other'))).toEqual([
    'take begins',
    'take ends',
    'refusal told',
    'write begins',
    'write ends',
  ])
  expect(order.indexOf('other ends')).toBeLessThan(order.indexOf('take ends'))
})
