import { Writable } from 'node:stream'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLog } from '../log.ts'
import { createNotices } from './notices.ts'
import { createWrites, troubleOf } from './writes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function stage(probe: () => Promise<unknown>) {
  const lines: string[] = []
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  // As it is set from the start.
  const notices = createNotices(createLog({ level: 'info', destination }))
  return { lines, notices, writes: createWrites({ notices, probe }) }
}
const full = Object.assign(new Error('could not extend file "base/1/2": No space left on device'), {
  code: '53100',
})

test.each([
  ['a full disk', { code: '53100' }, 'database_full'],
  [
    'a full disk as another part says it',
    { code: '58030', message: 'could not write: No space left on device' },
    'database_full',
  ],
  ['a quota', { code: 'XX000', message: 'Disk quota exceeded' }, 'database_full'],
  ['a standby', { code: '25006' }, 'database_read_only'],
  ['a disk mounted read-only', { code: '58030', message: 'Read-only file system' }, 'database_read_only'],
  ['a disk that breaks', { code: '58030', message: 'Input/output error' }, 'database_stuck'],
  ['a value used twice', { code: '23505', message: 'duplicate key' }, null],
  ['a database that is away', { code: '57P01' }, null],
  ['nothing', undefined, null],
])('%s is told by what the database says', (_, error, expected) => {
  expect(troubleOf(error)).toBe(expected)
})

test('a full disk is said once, and holds until a write of its own goes through', async () => {
  let isFull = true
  const { lines, notices, writes } = stage(async () => {
    if (isFull) throw full
  })
  for (let n = 0; n < 5; n++) writes.failed(full)
  writes.failed(Object.assign(new Error('duplicate key'), { code: '23505' }))
  await vi.advanceTimersByTimeAsync(20_000)
  expect(writes.trouble()).toBe('database_full')
  expect(notices.list()).toMatchObject([{ kind: 'database_full' }])
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'error',
    msg: expect.stringContaining('is full'),
  })
  isFull = false
  await vi.advanceTimersByTimeAsync(3_000)
  expect(writes.trouble()).toBeNull()
  expect(notices.list()).toEqual([])
  expect(lines).toHaveLength(2)
  writes.stop()
})

test('what does not come back from the disk is said too, and is over when it comes back', async () => {
  let answer: () => void = () => undefined
  const { notices, writes } = stage(async () => undefined)
  const lease = writes.watch(new Promise<void>((resolve) => (answer = resolve)))
  await vi.advanceTimersByTimeAsync(9_000)
  expect(writes.trouble()).toBeNull()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(writes.trouble()).toBe('database_stuck')
  answer()
  await lease
  await vi.advanceTimersByTimeAsync(3_000)
  expect(notices.list()).toEqual([])
  writes.stop()
})

test('a process that stops looks no more', async () => {
  let looks = 0
  const { writes } = stage(async () => {
    looks++
    throw full
  })
  writes.failed(full)
  writes.stop()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(looks).toBe(0)
})
