import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import WebSocket from 'ws'
import { eventually } from '../../testing/world.ts'
import { createLog } from '../log.ts'
import { type Connection, createSocketServer, type SocketServer } from './server.ts'

const codes = { unauthorized: 4401, badFrame: 4400, slow: 4408, flood: 4429, stopping: 1012 }

let http: Server
let sockets: SocketServer
let known: boolean
let served: unknown[]
let connections: Connection[]
let streams: Socket[]
/** What serving a frame waits for. */
let work: () => Promise<void>
let addressOf: (request: IncomingMessage) => string

beforeEach(async () => {
  known = true
  served = []
  connections = []
  streams = []
  work = async () => undefined
  addressOf = () => 'x'
  http = createServer()
  http.on('connection', (stream: Socket) => streams.push(stream))
  sockets = createSocketServer({
    server: http,
    path: '/socket',
    log: createLog({ level: 'silent', destination: new Writable({ write: (_c, _e, done) => done() }) }),
    isOriginAllowed: () => true,
    addressOf: (request) => addressOf(request),
    codes,
    heartbeatSeconds: 25,
    serve(connection) {
      connections.push(connection)
      return {
        async receive(frame) {
          served.push(frame)
          await work()
        },
        closed: () => undefined,
        isKnown: () => known,
      }
    },
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  sockets.close()
  for (const stream of streams) stream.destroy()
  http.close()
})

const port = () => (http.address() as AddressInfo).port

async function open(): Promise<{ socket: WebSocket; closed: Promise<number> }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port()}/socket`, { perMessageDeflate: false })
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('open', resolve))
  return { socket, closed }
}

function gate(): { work: () => Promise<void>; open: () => void } {
  let go: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    go = resolve
  })
  return { work: () => opened, open: go }
}

test('T41 a frame is parsed when its turn has come, and those behind it wait unread', async () => {
  const held = gate()
  work = held.work
  const parse = vi.spyOn(JSON, 'parse')
  const { socket } = await open()
  for (let n = 0; n < 100; n++) socket.send(JSON.stringify({ n }))
  await eventually(
    () => served,
    (frames) => frames.length === 1,
  )
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(served).toEqual([{ n: 0 }])
  expect(parse.mock.calls.filter(([text]) => String(text).startsWith('{"n":'))).toHaveLength(1)
  parse.mockRestore()
  held.open()
  await eventually(
    () => served,
    (frames) => frames.length === 100,
  )
  expect(served).toEqual(Array.from({ length: 100 }, (_, n) => ({ n })))
  socket.close()
})

test('T41 while a frame is served hardly anything more is read, however much is sent', async () => {
  const held = gate()
  work = held.work
  const { socket } = await open()
  socket.send('{}')
  await eventually(
    () => served,
    (frames) => frames.length === 1,
  )
  const large = JSON.stringify({ x: 'x'.repeat(8_000) })
  for (let n = 0; n < 2_000; n++) socket.send(large)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(streams[0]?.bytesRead).toBeLessThan(400_000)
  expect(served).toHaveLength(1)
  socket.terminate()
  held.open()
})

test.each([
  ['what is no JSON', 'hello?', codes.badFrame],
  ['a frame too large', JSON.stringify('x'.repeat(9_000)), 1009],
  ['more frames than allowed', null, codes.flood],
])('T41 after %s nothing is served, and the line is cut soon', async (_what, bad, code) => {
  const { socket, closed } = await open()
  const began = performance.now()
  if (bad === null) for (let n = 0; n < 300; n++) socket.send('1')
  else socket.send(bad)
  socket.send('{"after":true}')
  expect(await closed).toBe(code)
  expect(served).not.toContainEqual({ after: true })
  // Who does not close their half is not waited for either.
  await eventually(
    () => sockets.count(),
    (count) => count === 0,
  )
  expect(performance.now() - began).toBeLessThan(4_000)
})

test('T41 who never hears the closing is gone two seconds later', async () => {
  const { socket } = await open()
  const stream = (socket as unknown as { _socket: Socket })._socket
  stream.pause()
  connections[0]?.close(codes.unauthorized, 'go')
  await eventually(
    () => streams[0]?.destroyed,
    (destroyed) => destroyed === true,
    4_000,
  )
  socket.terminate()
})

test('T41 before the hello is proven, a frame has 1 KB and little waits behind it', async () => {
  known = false
  const large = await open()
  large.socket.send(JSON.stringify({ x: 'x'.repeat(1_100) }))
  expect(await large.closed).toBe(codes.badFrame)
  const held = gate()
  work = held.work
  const many = await open()
  for (let n = 0; n < 30; n++) many.socket.send(JSON.stringify({ x: 'x'.repeat(900) }))
  expect(await many.closed).toBe(codes.flood)
  expect(served).toHaveLength(1)
  held.open()
})

test('T41 pings, pieces and bytes count as frames do', async () => {
  const pings = await open()
  for (let n = 0; n < 300; n++) pings.socket.ping('x')
  expect([codes.flood, 1006]).toContain(await pings.closed)
  const pieces = await open()
  for (let n = 0; n < 50; n++) pieces.socket.send('', { fin: false })
  expect(await pieces.closed).toBe(1008)
  const bytes = await open()
  const large = JSON.stringify({ x: 'x'.repeat(8_000) })
  for (let n = 0; n < 40; n++) bytes.socket.send(large)
  expect([codes.flood, 1006]).toContain(await bytes.closed)
  expect(served.length).toBeLessThan(20)
})

test('frames of one address are served a few at once, so that another address never waits behind them', async () => {
  const held = gate()
  work = held.work
  addressOf = () => 'crowd'
  const crowd = await Promise.all(Array.from({ length: 20 }, open))
  for (const { socket } of crowd) socket.send('{"crowd":true}')
  await eventually(
    () => served.length,
    (count) => count === 6,
  )
  addressOf = () => 'other'
  const other = await open()
  other.socket.send('{"other":true}')
  await eventually(
    () => served,
    (frames) => frames.length === 7,
  )
  expect(served.at(-1)).toEqual({ other: true })
  held.open()
  await eventually(
    () => served.length,
    (count) => count === 21,
  )
  for (const { socket } of [...crowd, other]) socket.close()
})

test('a large answer alone makes nobody slow', async () => {
  const { socket, closed } = await open()
  let heard = 0
  socket.on('message', (data) => {
    heard += String(data).length
  })
  const stream = (socket as unknown as { _socket: Socket })._socket
  stream.pause()
  const frame = 'x'.repeat(1_500_000)
  for (let n = 0; n < 4; n++) connections[0]?.sendText(frame)
  // It holds far more than the kernels take, for a while.
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  stream.resume()
  await eventually(
    () => heard,
    (length) => length === 4 * frame.length,
  )
  socket.close()
  expect(await closed).toBe(1005)
}, 15_000)

test('a line that takes nothing while much waits is cut, and its neighbours go on', async () => {
  const [deaf, neighbour] = [await open(), await open()]
  const heard: string[] = []
  neighbour.socket.on('message', (data) => heard.push(String(data)))
  const stream = (deaf.socket as unknown as { _socket: Socket })._socket
  stream.pause()
  // More than the kernels take, and more than one may keep waiting for long.
  for (let n = 0; n < 7; n++) connections[0]?.sendText('x'.repeat(1_000_000))
  connections[1]?.sendText('hello')
  await eventually(
    () => sockets.count(),
    (count) => count === 1,
    20_000,
  )
  expect(heard).toEqual(['hello'])
  deaf.socket.terminate()
  neighbour.socket.close()
}, 30_000)

test('who asks and does not read is not asked on: frames wait while answers do', async () => {
  const { socket } = await open()
  const stream = (socket as unknown as { _socket: Socket })._socket
  work = async () => connections[0]?.sendText('x'.repeat(250_000))
  stream.pause()
  for (let n = 0; n < 150; n++) socket.send('{}')
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  const before = served.length
  expect(before).toBeLessThan(100)
  expect(streams[0]?.writableLength).toBeLessThan(600_000)
  stream.resume()
  await eventually(
    () => served.length,
    (count) => count === 150,
  )
  socket.close()
}, 15_000)

test('an upgrade with two hosts, or to another address, is refused and its line ended', async () => {
  const ask = (head: string) =>
    new Promise<string>((resolve) => {
      const line = connect({ port: port(), host: '127.0.0.1', allowHalfOpen: true })
      let heard = ''
      line.on('data', (part) => {
        heard += part
      })
      line.on('error', () => undefined)
      line.once('end', () => resolve(heard))
      line.write(
        `${head}connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      )
    })
  expect(await ask('GET /socket HTTP/1.1\r\nhost: a\r\nhost: b\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  expect(await ask('GET /other HTTP/1.1\r\nhost: a\r\n')).toMatch(/^HTTP\/1\.1 404 /)
  await eventually(
    () => streams.every((stream) => stream.destroyed),
    (all) => all,
  )
})
