import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { type Allowance, createAllowance } from './allowance.ts'

/** No frame of a client is nearly as large; larger ones end the socket before they are whole. */
export const maxFrameBytes = 8 * 1024
/** A hello is smaller than this; before it nobody has a reason to send more. */
const maxHelloBytes = 1024
/** What may wait for its turn: behind a hello that is still being proven, and afterwards. */
const maxWaitingBefore = 4 * 1024
const maxWaitingBytes = 32 * 1024
/** Frames a client may send, those that carry no message included: so many at once, refilled at so many per second. */
const frameAllowance = { atOnce: 200, perSecond: 50 }
/** The same in bytes, of the line itself: headers, pings and broken-off frames count. */
const byteAllowance = { atOnce: 128 * 1024, perSecond: 16 * 1024 }
/** Of who goes on sending this much after the end, nothing more is read until the line is cut. */
const maxBytesAfterEnd = 64 * 1024

export type FrameReader = {
  /** Looks at the next frame that waits, if it may be served now. */
  next(): void
  /** Nothing that comes from now on is looked at. */
  end(): void
}

export type FrameReaderOptions = {
  socket: WebSocket
  /** What the socket runs over. */
  stream: Duplex
  /** Does a piece of work when it is this client's turn among those that share its address. */
  inTurn: (work: () => Promise<void>) => Promise<void>
  /** Serves one frame. Rejects on a fault of ours. */
  receive: (frame: unknown) => Promise<void>
  isKnown: () => boolean
  /** Whether the client takes what it is answered; frames wait while it does not. */
  mayServe: () => boolean
  /** Called once, when the client does what it may not; nothing is read afterwards. */
  refuse: (why: 'badFrame' | 'flood', reason: string) => void
  /** Called when a frame could not be served by a fault of ours. */
  failed: (error: unknown) => void
  /** Called at every sign of life. */
  heard: () => void
}

/**
 * Reads a socket's frames one at a time: while one is served the line is not read further, and a frame is parsed when
 * its turn has come. What a client can make us hold is so one piece of what its line brought, however much it sends.
 */
export function readFrames(options: FrameReaderOptions): FrameReader {
  const { socket, stream, refuse } = options
  const frames: Allowance = createAllowance(frameAllowance)
  const bytes: Allowance = createAllowance(byteAllowance)
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let serving = false
  let ended = false
  let afterEnd = 0

  function end(): void {
    ended = true
    waiting = []
    waitingBytes = 0
    // What comes until the line is closed is read and dropped, so that the closing itself can be heard.
    socket.resume()
  }

  function stop(why: 'badFrame' | 'flood', reason: string): void {
    if (ended) return
    end()
    refuse(why, reason)
  }

  function take(data: Buffer): void {
    if (!options.isKnown() && data.length > maxHelloBytes) return stop('badFrame', 'a hello is smaller')
    waitingBytes += data.length
    if (waitingBytes > (options.isKnown() ? maxWaitingBytes : maxWaitingBefore))
      return stop('flood', 'too much at once')
    // A copy, because a frame is a view of all that came with it.
    waiting.push(Buffer.from(data))
    socket.pause()
    next()
  }

  function next(): void {
    if (ended || serving || !options.mayServe()) return
    const data = waiting.shift()
    if (!data) return socket.resume()
    waitingBytes -= data.length
    serving = true
    options
      .inTurn(() => serve(data))
      .catch((error: unknown) => {
        if (ended) return
        end()
        options.failed(error)
      })
      .finally(() => {
        serving = false
        next()
      })
  }

  async function serve(data: Buffer): Promise<void> {
    if (ended) return
    let frame: unknown
    try {
      frame = JSON.parse(data.toString('utf8'))
    } catch {
      return stop('badFrame', 'not JSON')
    }
    await options.receive(frame)
  }

  function count(): boolean {
    options.heard()
    if (ended) return false
    if (frames.take(1)) return true
    stop('flood', 'too many frames')
    return false
  }

  // Before the frames are taken apart: of what is too much nothing need be looked at.
  stream.prependListener('data', (chunk: Buffer) => {
    if (!ended && !bytes.take(chunk.length)) stop('flood', 'too many bytes')
    if (ended) afterEnd += chunk.length
    if (afterEnd > maxBytesAfterEnd) stream.pause()
  })
  socket.on('ping', count)
  socket.on('pong', count)
  socket.on('message', (data, isBinary) => {
    if (!count()) return
    if (isBinary) return stop('badFrame', 'text frames only')
    // Text comes as one buffer as long as `binaryType` is left alone.
    take(data as Buffer)
  })

  return { next, end }
}
