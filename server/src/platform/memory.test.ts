import { expect, test } from 'vitest'
import { createMemory } from './memory.ts'

function counted(memory = createMemory<number>(2)) {
  let reads = 0
  const ask = (key: string, ms = 60_000) => memory.get(key, async () => ({ value: ++reads, ms }))
  return { memory, ask, reads: () => reads }
}

test('many who ask at once, and again, wait for one reading', async () => {
  const { ask, reads } = counted()
  expect(await Promise.all(Array.from({ length: 50 }, () => ask('a')))).toEqual(Array(50).fill(1))
  expect(await ask('a')).toBe(1)
  expect(reads()).toBe(1)
})

test('what is out of date, forgotten, or one too many is read again', async () => {
  const { memory, ask } = counted()
  await ask('a/1', 0)
  expect(await ask('a/1')).toBe(2)
  memory.forget('a/')
  expect(await ask('a/1')).toBe(3)
  await ask('b')
  await ask('c')
  expect(await ask('a/1')).toBe(6)
})

test('what was forgotten while it was read is not kept, and neither is a failure', async () => {
  const { memory, ask } = counted()
  const slow = memory.get('a', async () => {
    memory.forget('a')
    return { value: -1, ms: 60_000 }
  })
  memory.forget('a')
  expect(await slow).toBe(-1)
  expect(await ask('a')).toBe(1)
  await expect(memory.get('b', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await ask('b')).toBe(2)
})
