import { closeCodes, type ServerFrame } from '@foyer/contract/protocol.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiFailure } from './api.ts'
import { createLine } from './line.ts'

/** A server's end of a line, as far as the browser's socket shows it. */
const net = {
  /** away: refused at once · dark: nothing is ever answered · up. */
  state: 'up' as 'up' | 'away' | 'dark',
  opened: [] as Socket[],
  /** How long a socket takes to open. */
  openMs: 20,
}

class Socket {
  static readonly OPEN = 1
  readyState = 0
  onopen: () => void = () => undefined
  onmessage: (message: { data: string }) => void = () => undefined
  onclose: (event: { code: number }) => void = () => undefined
  constructor() {
    net.opened.push(this)
    setTimeout(() => {
      if (net.state === 'away') this.end(1006)
      if (net.state !== 'up' || this.readyState === 3) return
      this.readyState = 1
      this.onopen()
    }, net.openMs)
  }
  send(text: string): void {
    const frame = JSON.parse(text) as { type: string }
    if (net.state !== 'up') return
    const now = new Date().toISOString()
    if (frame.type === 'hello') this.tell({ type: 'welcome', protocol: 1, build: '', epoch: 'e', now })
    if (frame.type === 'ping') this.tell({ type: 'pong', now })
  }
  tell(frame: ServerFrame): void {
    setTimeout(() => this.readyState === 1 && this.onmessage({ data: JSON.stringify(frame) }), 20)
  }
  close(): void {
    this.readyState = 3
  }
  end(code: number): void {
    this.readyState = 3
    this.onclose({ code })
  }
}

/** Asks for a ticket, over a line that may be away or dark. */
async function ask(signal: AbortSignal): Promise<{ ticket: string }> {
  await new Promise((done) => setTimeout(done, 30))
  if (net.state === 'away') throw new ApiFailure({ code: 'network', status: 0 })
  if (net.state === 'up') return { ticket: 't' }
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}

let lines: ReturnType<typeof createLine>[] = []
function lay(hello?: (signal: AbortSignal) => Promise<{ ticket: string }>) {
  const heard: string[] = []
  const line = createLine({
    url: 'ws://foyer.test',
    build: 'test',
    hello: hello ?? ask,
    welcomed: () => undefined,
    frame: ({ type }) => void heard.push(type),
    changed: () => undefined,
    ping: () => line.send({ type: 'ping' }),
    tick: () => undefined,
  })
  lines.push(line)
  return { line, heard }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', Socket)
  net.state = 'up'
  net.opened = []
  net.openMs = 20
})
afterEach(() => {
  for (const line of lines) line.stop('closed')
  lines = []
  vi.unstubAllGlobals()
  vi.useRealTimers()
})
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('a line in the dark is noticed within 45 seconds, and stands again within 5 of being mended', async () => {
  const { line } = lay()
  await pass(1_000)
  expect(line.status()).toBe('live')
  for (const dark of [46_000, 90_000, 240_000]) {
    net.state = 'dark'
    await pass(45_000)
    expect(line.status()).toBe('offline')
    await pass(dark - 45_000)
    net.state = 'up'
    await pass(5_000)
    expect(line.status()).toBe('live')
    await pass(30_000)
  }
})

test('a server that refuses is asked again every few seconds for ten minutes, then less often', async () => {
  const { line } = lay()
  await pass(1_000)
  net.state = 'away'
  net.opened.at(-1)?.end(1006)
  await pass(590_000)
  const early = net.opened.length
  expect(early).toBeLessThan(1_000)
  net.state = 'up'
  await pass(3_100)
  expect(line.status()).toBe('live')
  net.state = 'away'
  net.opened.at(-1)?.end(1006)
  await pass(900_000)
  const before = net.opened.length
  await pass(300_000)
  expect(net.opened.length - before).toBeLessThan(60)
})

test('requests that hang on dead connections do not keep the next from being tried', async () => {
  let asked = 0
  const { line } = lay((signal) => {
    asked++
    // The first five connections of a browser that woke are dead.
    if (asked > 5) return Promise.resolve({ ticket: 't' })
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  })
  await pass(14_000)
  expect(line.status()).toBe('live')
})

test('of several tries the first that is welcomed counts, and the others are let go', async () => {
  const { line, heard } = lay()
  net.state = 'dark'
  await pass(9_000)
  expect(line.status()).toBe('offline')
  net.state = 'up'
  await pass(5_000)
  expect(line.status()).toBe('live')
  expect(net.opened.filter(({ readyState }) => readyState !== 3)).toHaveLength(1)
  expect(heard.filter((type) => type === 'welcome')).toHaveLength(1)
})

test('a server that took the socket and is slow is not asked again beside it', async () => {
  class Slow extends Socket {
    override send(): void {
      setTimeout(() => super.send(JSON.stringify({ type: 'hello' })), 9_000)
    }
  }
  vi.stubGlobal('WebSocket', Slow)
  const { line } = lay()
  await pass(9_500)
  expect(line.status()).toBe('live')
  expect(net.opened).toHaveLength(1)
})

test('who lost the right to a line does not try again', async () => {
  const refused = lay(() => Promise.reject(new ApiFailure({ code: 'session.required', status: 401 })))
  await pass(10)
  expect(refused.line.stopReason()).toBe('unauthorized')
  const { line } = lay()
  await pass(1_000)
  const count = net.opened.length
  net.opened.at(-1)?.end(closeCodes.revoked)
  await pass(60_000)
  expect(line.status()).toBe('stopped')
  expect(net.opened).toHaveLength(count)
})

test('a clock put back by two hours hides no dead line', async () => {
  const { line } = lay()
  await pass(1_000)
  vi.setSystemTime(Date.now() - 7_200_000)
  net.state = 'dark'
  await pass(45_000)
  expect(line.status()).toBe('offline')
})

test('a contact, who needs no ticket, is back as soon, and gets through on a slow line, too', async () => {
  const contact = () => lay(async () => ({ ticket: 't' })).line
  const line = contact()
  await pass(1_000)
  net.state = 'dark'
  await pass(45_000)
  expect(line.status()).toBe('offline')
  net.state = 'up'
  await pass(13_000)
  expect(line.status()).toBe('live')
  net.openMs = 9_000
  const slow = contact()
  await pass(40_000)
  expect(slow.status()).toBe('live')
})
