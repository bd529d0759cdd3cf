import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createRunningSums } from './running-sums.ts'

const content = randomBytes(300_000)
const sums = () => createRunningSums({ most: 2, headBytes: 100 })

/** Lets a piece of the content pass. */
async function piece(all: ReturnType<typeof sums>, from: number, to: number, key = 'a'): Promise<() => void> {
  const chunks = async function* () {
    for (let at = from; at < to; at += 40_000) yield content.subarray(at, Math.min(to, at + 40_000))
  }
  const followed = all.follow(key, from, chunks())
  const passed: Uint8Array[] = []
  for await (const chunk of followed.content) passed.push(chunk)
  expect(Buffer.concat(passed).equals(content.subarray(from, to))).toBe(true)
  return followed.kept
}
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test('what comes in order and stays is summed, whatever broke off or came twice in between', async () => {
  const all = sums()
  ;(await piece(all, 0, 100_000))()
  await piece(all, 100_000, 150_000)
  const [first, twin] = [await piece(all, 100_000, 200_000), await piece(all, 100_000, 200_000)]
  first()
  twin()
  const sum = all.of('a')
  expect([sum.bytes, digest(content.subarray(0, 200_000))]).toEqual([200_000, sum.hash.digest('hex')])
  expect(sum.head.equals(content.subarray(0, 100))).toBe(true)
  // Asked again it is not used up.
  ;(await piece(all, 200_000, 300_000))()
  expect(all.of('a').hash.digest('hex')).toBe(digest(content))
  all.forget('a')
  expect(all.of('a').bytes).toBe(0)
})

test('what comes out of order, or was remembered too long ago, is not in the sum', async () => {
  const all = sums()
  ;(await piece(all, 100_000, 200_000))()
  expect(all.of('a').bytes).toBe(0)
  ;(await piece(all, 0, 100_000))()
  expect(all.of('a').bytes).toBe(100_000)
  for (const key of ['b', 'c']) (await piece(all, 0, 10, key))()
  expect(['a', 'b', 'c'].map((key) => all.of(key).bytes)).toEqual([0, 10, 10])
})
