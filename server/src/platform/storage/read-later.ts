import { Readable } from 'node:stream'

/** A stream of what is opened only when somebody reads; it fails as opening fails, and closes what was opened. */
export function readLater(open: () => Promise<Readable>): Readable {
  return Readable.from(read(), { objectMode: false, highWaterMark: 64 * 1024 })

  async function* read(): AsyncGenerator<Uint8Array, void> {
    yield* await open()
  }
}
