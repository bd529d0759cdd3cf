import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('run.ts', import.meta.url))

/** Runs faults as the command does; answers how it ended and what it printed. */
async function runFaults(args: string[]): Promise<{ code: number; printed: string }> {
  const child = spawn(process.execPath, [program, '--size', 'test', ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const keep = (chunk: Buffer) => {
    printed += chunk
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const [code] = (await once(child, 'close')) as [number]
  return { code, printed }
}

test('a request sent twice is done once, whatever is the same about it', { timeout: 360_000 }, async () => {
  const { code, printed } = await runFaults(['--only', 'F2'])

  expect(printed).toContain('cases: 15')
  expect(code, printed).toBe(0)
})

test('300 lost answers, a killed database and two cuts lose and double nothing', {
  timeout: 360_000,
}, async () => {
  const { code, printed } = await runFaults(['--only', 'F3,F5,F8', '--cuts', '300'])

  // Answers that were under way together with the last one are cut off too.
  expect(Number(/answers to writes cut off: (\d+)/.exec(printed)?.[1])).toBeGreaterThanOrEqual(300)
  expect(code, printed).toBe(0)
})

test('[C7] 300 cuts of uploads and a killed process lose and double nothing', {
  timeout: 360_000,
}, async () => {
  const { code, printed } = await runFaults(['--only', 'F25', '--cuts', '300'])

  expect(Number(/uploads cut: (\d+)/.exec(printed)?.[1])).toBeGreaterThanOrEqual(300)
  expect(printed).toContain('parts lost that had arrived: 0')
  expect(code, printed).toBe(0)
})

test('T41 what strangers send, and do not read, harms no neighbour', { timeout: 360_000 }, async () => {
  const { code, printed } = await runFaults(['--only', 'A1,A3,A5'])

  expect(printed.match(/memory grew by MB \(at most/g)).toHaveLength(3)
  expect(code, printed).toBe(0)
})

test('who asks, guesses and writes without end harms no neighbour', { timeout: 360_000 }, async () => {
  const { code, printed } = await runFaults(['--only', 'A2,A4,A8'])

  expect(printed).toContain('the known browser let in: 8 of 8')
  expect(printed).toContain('a neighbour’s accepted: 21 of 21')
  expect(code, printed).toBe(0)
})
