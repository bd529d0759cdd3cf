import { expect, test, vi } from 'vitest'
import { loadPatiently } from './load.ts'

test('a part that cannot be fetched while the line is down comes once it is back', async () => {
  vi.useFakeTimers()
  try {
    let tries = 0
    const part = loadPatiently(async () => {
      if (++tries < 4) throw new TypeError('Failed to fetch dynamically imported module')
      return 'part'
    })
    await vi.runAllTimersAsync()
    expect(await part).toBe('part')
    expect(tries).toBe(4)
  } finally {
    vi.useRealTimers()
  }
})
