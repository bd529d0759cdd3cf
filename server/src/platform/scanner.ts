import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Where a clamd listens: a port, or a socket in the file system. */
export type ScannerAddress = { host: string; port: number } | { path: string }

/** Looks through what it is given piece by piece. */
export type Scan = {
  /** @throws Error where the scanner cannot be reached, or takes no more */
  write(chunk: Uint8Array): Promise<void>
  /** The name of the malware that was found, or null. @throws Error where the scanner does not say */
  end(): Promise<string | null>
  /** Lets go of it, whatever it has said. */
  close(): void
}

export type Scanner = { begin(): Scan }

/** Silence of so long says that it is gone. Long, for it looks through large archives only when they are whole. */
const patienceMs = 60_000
const longestReply = 4_096

/** Speaks to a clamd, in the words of its INSTREAM: lengths of 32 bits before pieces, nothing at the end. */
export function openScanner(address: ScannerAddress): Scanner {
  return {
    begin() {
      const socket: Socket = connect(address)
      let reply = ''
      let failure: Error | null = null
      socket.setTimeout(patienceMs, () => socket.destroy(new Error('The scanner does not answer.')))
      socket.on('error', (error) => (failure = error))
      socket.setEncoding('utf8')
      socket.on('data', (text: string) => {
        reply += text.slice(0, longestReply - reply.length)
      })
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
      socket.write('zINSTREAM\0')

      async function send(bytes: Uint8Array): Promise<void> {
        if (failure) throw failure
        // What it has to say before all was sent is that it takes no more.
        if (reply !== '' || socket.destroyed) return
        if (!socket.write(bytes)) await Promise.race([once(socket, 'drain').catch(() => undefined), closed])
        if (failure) throw failure
      }

      return {
        async write(chunk) {
          const length = Buffer.alloc(4)
          length.writeUInt32BE(chunk.byteLength)
          await send(length)
          await send(chunk)
        },
        async end() {
          await send(Buffer.alloc(4))
          await closed
          if (failure) throw failure
          return foundIn(reply)
        },
        close: () => socket.destroy(),
      }
    },
  }
}

/** What a reply says was found; null where it says that nothing was. */
function foundIn(reply: string): string | null {
  const said = reply.replace(/\0.*$/s, '').trim()
  if (said === 'stream: OK') return null
  const found = /^stream: (.+) FOUND$/.exec(said)?.[1]
  if (found) return found
  throw new Error(`The scanner said "${said.slice(0, 200)}".`)
}
