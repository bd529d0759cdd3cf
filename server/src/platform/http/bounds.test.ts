import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { route } from '@foyer/contract/route.ts'
import { nothing } from '@foyer/contract/scalars.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { startTestHttp, type TestHttp } from '../../testing/http.ts'
import { eventually } from '../../testing/world.ts'
import { bind } from './bind.ts'
import { limitConnections } from './connections.ts'
import type { HttpOptions } from './server.ts'

const shape = { caller: 'anyone', summary: '', params: nothing, query: nothing, errors: [] } as const
const large = route({
  ...shape,
  method: 'GET',
  path: '/api/v1/large',
  body: nothing,
  answer: z.strictObject({ text: z.string() }),
})
const change = route({
  ...shape,
  method: 'POST',
  path: '/api/v1/change',
  body: z.strictObject({ text: z.string() }),
  answer: nothing,
})
const written = route({ ...change, path: '/api/v1/written', bodyBytes: 40_000 })
const whose = route({
  ...shape,
  method: 'GET',
  path: '/api/v1/whose',
  body: nothing,
  answer: z.strictObject({ ip: z.string() }),
})

const textBytes = 200_000
let server: TestHttp
const lines: Socket[] = []
let handled: number
/** What handling a request waits for. */
let work: () => Promise<void>

const routes = [
  bind(large, async () => {
    handled++
    await work()
    return { text: 'x'.repeat(textBytes) }
  }),
  bind(change, async () => {
    handled++
    await work()
    return {}
  }),
  bind(written, async () => ({})),
  bind(whose, async ({ request }) => ({ ip: request.ip })),
]

async function start(options: Partial<HttpOptions> = {}): Promise<void> {
  server = await startTestHttp(routes, options)
}

beforeEach(() => {
  handled = 0
  work = async () => undefined
})
afterEach(async () => {
  for (const socket of lines.splice(0)) socket.destroy()
  await server.http.close()
})

type Line = { socket: Socket; heard: () => string; closed: Promise<void> }

function line(text = '', options: { deaf?: boolean } = {}): Promise<Line> {
  return new Promise((resolve) => {
    const socket = connect({
      port: Number(new URL(server.origin).port),
      host: '127.0.0.1',
      allowHalfOpen: true,
    })
    let heard = ''
    const hear = (part: Buffer) => {
      heard += part
    }
    if (!options.deaf) socket.on('data', hear)
    socket.on('error', () => undefined)
    lines.push(socket)
    const closed = new Promise<void>((done) => {
      socket.once('end', done)
      socket.once('close', () => done())
    })
    socket.once('connect', () => {
      socket.write(text)
      resolve({ socket, heard: () => heard, closed })
    })
  })
}

const head = (method: string, path: string, rest = '') =>
  `${method} ${path} HTTP/1.1\r\nhost: x\r\nx-foyer: 1\r\n${rest}\r\n`
const halfSent = `${head('POST', change.path, 'content-type: application/json\r\ncontent-length: 100\r\n')}{"te`

async function stopped(): Promise<number> {
  const began = performance.now()
  await server.http.drain()
  await server.http.close()
  return performance.now() - began
}

test('a stop waits for no request of which a part is missing', async () => {
  await start()
  const halves = [
    await line(halfSent),
    await line('POST /api/v1/change HTTP/1.1\r\nhost: x\r\n'),
    await line('GET'),
    await line(''),
  ]
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await stopped()).toBeLessThan(2_500)
  for (const { closed } of halves) await closed
})

test('a stop waits for no answer that nobody reads', async () => {
  await start()
  const deaf = await line(head('GET', large.path).repeat(40), { deaf: true })
  deaf.socket.pause()
  await eventually(
    () => handled,
    (count) => count > 20,
  )
  expect(await stopped()).toBeLessThan(2_500)
})

test('a stop waits for what was received, and answers it', async () => {
  await start()
  let finish: () => void = () => undefined
  work = () => new Promise((resolve) => (finish = resolve))
  const whole = await line(
    `${head('POST', change.path, 'content-type: application/json\r\ncontent-length: 12\r\n')}{"text":"x"}`,
  )
  await line(halfSent)
  await eventually(
    () => handled,
    (count) => count === 1,
  )
  const stopping = stopped()
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  finish()
  await stopping
  await whole.closed
  expect(whole.heard()).toMatch(/^HTTP\/1\.1 200 /)
})

test('answers that one address does not read are refused beyond 8 MB, and given again once they are read', async () => {
  await start()
  const deaf = await line(head('GET', large.path).repeat(1_000), { deaf: true })
  deaf.socket.pause()
  await eventually(
    () => server.lines.filter((entry) => entry.includes('request.too_many')).length,
    (count) => count > 900,
  )
  // What is refused is mostly not even worked on.
  expect(handled).toBeLessThan(100)
  // What changes something is done all the same.
  expect((await server.send('POST', change.path, { body: { text: 'x' } })).status).toBe(200)
  deaf.socket.destroy()
  await eventually(
    async () => (await server.send('GET', large.path)).status,
    (status) => status === 200,
  )
})

test('a client that takes nothing of its answer for a while is cut off', async () => {
  await start({ patience: { still: 500 } })
  const deaf = await line(head('GET', large.path).repeat(60), { deaf: true })
  deaf.socket.pause()
  await eventually(
    () =>
      new Promise<number>((resolve, reject) =>
        server.http.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    (count) => count === 0,
  )
})

test('heads and bodies have the time that is said, and no client holds its connection beyond it', async () => {
  await start({ patience: { head: 500, request: 1_000, noticed: 100 } })
  const began = performance.now()
  const slowHead = await line('GET / HTTP/1.1\r\nhost: x\r\n')
  const slowBody = await line(halfSent)
  const feeding = setInterval(() => slowBody.socket.write(' '), 100)
  await slowHead.closed
  expect(performance.now() - began).toBeLessThan(1_000)
  await slowBody.closed
  expect(performance.now() - began).toBeLessThan(1_900)
  clearInterval(feeding)
  expect(server.lines.filter((entry) => entry.includes('"level":"error"'))).toEqual([])
  await eventually(
    () =>
      new Promise<number>((resolve, reject) =>
        server.http.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    (count) => count === 0,
  )
})

test('the times are those of the product: 20 s for a head, 60 s for a request, 30 s without anything moving', async () => {
  await start()
  const { headersTimeout, requestTimeout, timeout } = server.http.server
  expect({ headersTimeout, requestTimeout, timeout }).toEqual({
    headersTimeout: 20_000,
    requestTimeout: 60_000,
    timeout: 30_000,
  })
})

test('a client that goes away in the middle of its body is no fault of ours, behind a proxy neither', async () => {
  for (const trustProxy of [0, 1]) {
    await start({ trustProxy })
    for (const rest of ['', 'x-forwarded-for: 203.0.113.9\r\n']) {
      const { socket } = await line(halfSent.replace('x-foyer', `${rest}x-foyer`))
      await new Promise((resolve) => setTimeout(resolve, 30))
      socket.resetAndDestroy()
      const early = await line(head('GET', large.path, rest))
      early.socket.resetAndDestroy()
    }
    await eventually(
      () => server.lines.filter((entry) => entry.includes('A request was refused')).length,
      (count) => count >= 2,
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(server.lines.filter((entry) => entry.includes('failed on our side'))).toEqual([])
    if (trustProxy === 0) await server.http.close()
  }
})

test('bodies have 16 KB where a route says nothing else, which is seen before they are parsed', async () => {
  await start()
  const body = (size: number) => JSON.stringify({ text: 'x'.repeat(size) })
  expect((await server.send('POST', change.path, { body: body(16_000) })).status).toBe(200)
  const refused = await server.send('POST', change.path, { body: body(16_400) })
  expect([refused.status, refused.json.error.code]).toEqual([413, 'request.too_large'])
  const piece = `1000\r\n${'x'.repeat(4096)}\r\n`
  const chunked = await line(
    head('POST', change.path, 'content-type: application/json\r\ntransfer-encoding: chunked\r\n') +
      piece.repeat(5),
  )
  await eventually(chunked.heard, (text) => text.includes('request.too_large'))
  expect((await server.send('POST', written.path, { body: body(39_000) })).status).toBe(200)
  expect((await server.send('POST', written.path, { body: body(41_000) })).status).toBe(413)
  const many = `{${Array.from({ length: 3_500 }, (_, n) => `"${n}":[1]`).join()}}`
  expect((await server.send('POST', written.path, { body: many })).json.error.details.paths).toEqual(['body'])
})

test('two hosts are refused, and every upgrade but that of our sockets is answered as if not asked for', async () => {
  await start({ socketPath: '/api/v1/socket' })
  const upgraded: string[] = []
  server.http.server.on('upgrade', (request, socket) => {
    upgraded.push(String(request.url))
    socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n')
  })
  const ask = async (text: string) => {
    const asked = await line(text)
    await eventually(asked.heard, (heard) => heard.includes('\r\n'))
    return asked.heard().split('\r\n', 1)[0]
  }
  const two = await line(`GET ${whose.path} HTTP/1.1\r\nhost: x\r\nHost: y\r\n\r\n`)
  await eventually(two.heard, (heard) => heard.includes('request.invalid'))
  for (const upgrade of ['h2c', 'websocket', 'TLS/1.2', 'h2c, websocket']) {
    const rest = `connection: upgrade, http2-settings\r\nupgrade: ${upgrade}\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n`
    expect(await ask(head('GET', whose.path, rest)), upgrade).toBe('HTTP/1.1 200 OK')
  }
  expect(await ask(head('GET', '/api/v1/socket', 'connection: upgrade\r\nupgrade: h2c\r\n'))).toBe(
    'HTTP/1.1 404 Not Found',
  )
  expect(upgraded).toEqual([])
  await ask(head('GET', '/api/v1/socket?x=1', 'connection: Upgrade\r\nupgrade: WebSocket\r\n'))
  expect(upgraded).toEqual(['/api/v1/socket?x=1'])
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:4711', '203.0.113.9'],
  ['6.6.6.6, 203.0.113.9:1', '203.0.113.9'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['"[2001:db8::1]"', '2001:db8::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['unknown', '127.0.0.1'],
  ['_hidden', '127.0.0.1'],
  ['203.0.113.9, ', '127.0.0.1'],
  ['203.0.113.9:x', '127.0.0.1'],
  ['999.1.1.1', '127.0.0.1'],
  ["1.1.1.1' or 1=1", '127.0.0.1'],
  ['', '127.0.0.1'],
])('what a trusted proxy names as %j is counted as %s', async (forwarded, expected) => {
  await start({ trustProxy: 1 })
  const answer = await server.send('GET', whose.path, { headers: { 'x-forwarded-for': forwarded } })
  expect(answer.json).toEqual({ ip: expected })
})

test('connections of one address are limited, those of a trusted proxy are not, and sockets have a limit of their own', async () => {
  await start()
  for (const trustProxy of [0, 1]) {
    const http = createServer((_request, answer) => answer.end('x'))
    http.on('upgrade', (_request, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'))
    limitConnections(http, { trustProxy, most: 5 })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const { port } = http.address() as AddressInfo
    const open: Socket[] = []
    const dial = () =>
      new Promise<'open' | 'cut'>((resolve) => {
        const socket = connect(port, '127.0.0.1')
        open.push(socket)
        socket.on('error', () => undefined)
        socket.once('close', () => resolve('cut'))
        socket.once('data', () => resolve('open'))
        socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
      })
    const outcomes: string[] = []
    for (let n = 0; n < 8; n++) outcomes.push(await dial())
    const cut = outcomes.filter((outcome) => outcome === 'cut').length
    expect(cut).toBe(trustProxy === 0 ? 3 : 0)
    open[0]?.destroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await dial()).toBe('open')
    if (trustProxy === 0) {
      open[1]?.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect(await dial()).toBe('open')
    }
    for (const socket of open) socket.destroy()
    http.close()
    http.closeAllConnections()
  }
})
