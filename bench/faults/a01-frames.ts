import { randomBytes, randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { startStage } from '../stage/stage.ts'
import { bySize, type Fault } from './fault.ts'
import { tellNeighbour, watchNeighbour } from './neighbour.ts'

const bursts = {
  /** Nested values cost far more memory than the bytes that say them. */
  'frames of 64 KB': () => frame(`[${'[],'.repeat(21_000)}[]]`),
  'frames of 8 KB': () => frame(`[${'[],'.repeat(2_600)}[]]`),
  'heartbeats that name much': () =>
    frame(
      JSON.stringify({
        type: 'ping',
        watching: Object.fromEntries(Array.from({ length: 190 }, () => [randomUUID(), 1])),
      }),
    ),
  'conversations that nobody has': () =>
    frame(JSON.stringify({ type: 'watch', conversationId: randomUUID() })),
  pings: () => frame('x'.repeat(100), 0x9),
}

/** Strangers who open sockets and send whatever costs most; their neighbours feel nothing of it. */
export const frames: Fault = {
  name: 'A1',
  title: 'strangers flood the socket with frames',
  async run(run) {
    const sockets = bySize(run.options.size, { test: 10, small: 40, full: 100 })
    const forMs = bySize(run.options.size, { test: 2_000, small: 5_000, full: 15_000 })
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const [node] = stage.nodes
    if (!node) throw new Error('There is no process.')
    const ask = { path: `/api/v1/messenger/widgets/${stage.widgetKey}` }
    // What a process takes once it works is not the attack's doing.
    await watchNeighbour(node, ask, () =>
      flood(node.port, { sockets: 5, forMs: 1_000, hello: hello(stage.widgetKey), burst: bursts.pings }),
    )
    const before = await watchNeighbour(node, ask, () => sleep(3_000))
    run.begin('flood')
    let sent = 0
    const measured = await watchNeighbour(node, ask, async () => {
      for (const [what, burst] of Object.entries(bursts)) {
        for (const first of [hello(stage.widgetKey), Buffer.alloc(0)]) {
          const bytes = await flood(node.port, { sockets, forMs: forMs / 2, hello: first, burst })
          sent += bytes
          run.figure(
            `MB sent, ${what}${first.length === 0 ? ', without a hello' : ''}`,
            Math.round(bytes / 1e6),
          )
        }
      }
    })
    run.end('flood')
    run.figure('sockets at once', sockets)
    run.figure('MB sent', Math.round(sent / 1e6))
    tellNeighbour(run, before, measured, { mb: 60, p99Ms: 250 })
  },
}

type Flood = { sockets: number; forMs: number; hello: Buffer; burst: () => Buffer }

/** Keeps so many sockets sending for a while, each opened anew when it is cut; answers how many bytes they got rid of. */
async function flood(port: number, { sockets, forMs, hello: first, burst }: Flood): Promise<number> {
  const end = performance.now() + forMs
  const watches = Buffer.concat(Array.from({ length: 40 }, bursts['conversations that nobody has']))
  const payload = Buffer.concat(Array.from({ length: 20 }, burst))
  let sent = 0

  async function attack(): Promise<void> {
    while (performance.now() < end) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.resume()
      socket.write(upgrade)
      socket.write(first)
      if (first.length > 0) socket.write(watches)
      while (performance.now() < end && !socket.destroyed && socket.writable) {
        if (!socket.write(payload)) await drained(socket, end)
      }
      sent += socket.bytesWritten - socket.writableLength
      socket.destroy()
      await sleep(5)
    }
  }

  await Promise.all(Array.from({ length: sockets }, attack))
  return sent
}

function drained(socket: Socket, end: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, Math.max(1, end - performance.now()))
    function done(): void {
      clearTimeout(timer)
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.once('drain', done)
    socket.once('close', done)
  })
}

const upgrade =
  'GET /api/v1/socket HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n' +
  `sec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString('base64')}\r\n\r\n`

function hello(widgetKey: string): Buffer {
  const contactToken = randomBytes(32).toString('base64url')
  return frame(JSON.stringify({ type: 'hello', protocol: 1, build: 'x', contactToken, widgetKey }))
}

/** A frame as a client sends it, its mask all zeros. */
function frame(text: string, opcode = 0x1): Buffer {
  const payload = Buffer.from(text)
  const head =
    payload.length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | payload.length])
      : payload.length < 65_536
        ? Buffer.from([0x80 | opcode, 0x80 | 126, payload.length >> 8, payload.length & 255])
        : Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | 127]), length64(payload.length)])
  return Buffer.concat([head, Buffer.alloc(4), payload])
}

function length64(length: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(length))
  return bytes
}
