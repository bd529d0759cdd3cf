import { randomBytes, randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

// A thread of its own: what the attack costs whoever makes it must not be taken for what it costs its victim.

/** What is sent without end. */
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

export type Burst = keyof typeof bursts
export type FloodOptions = {
  port: number
  widgetKey: string
  sockets: number
  forMs: number
  burst: Burst
  greets: boolean
}

/** Keeps so many sockets sending for a while, each opened anew when it is cut; answers how many bytes they got rid of. */
async function flood({ port, widgetKey, sockets, forMs, burst, greets }: FloodOptions): Promise<number> {
  const end = performance.now() + forMs
  const watches = Buffer.concat(Array.from({ length: 40 }, bursts['conversations that nobody has']))
  const payload = Buffer.concat(Array.from({ length: 20 }, bursts[burst]))
  let sent = 0

  async function attack(): Promise<void> {
    while (performance.now() < end) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.resume()
      socket.write(upgrade)
      if (greets) socket.write(Buffer.concat([hello(widgetKey), watches]))
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

parentPort?.postMessage(await flood(workerData as FloodOptions))
