import type { FileShown, Voice } from '@foyer/contract/entries/file.ts'
import { partBytes } from '@foyer/contract/file-facts.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { ApiFailure } from './api.ts'

/** What a server says of an upload: how long its parts are, in bytes, which have arrived, and what it is once finished. */
export type Arrived = { partBytes: number; received: readonly number[]; file: FileShown | null }

/** How files reach the server; operators and contacts each have their own routes. */
export type UploadRoutes = {
  /** Begins an upload, or goes on with the one of this id. */
  begin(upload: BegunUpload, signal: AbortSignal): Promise<Arrived>
  /** Sends one part. `sent` is told how many bytes of it have gone out. */
  part(part: SentPart, signal: AbortSignal): Promise<void>
  /** Says that all is there. */
  finish(id: string, said: Finished, signal: AbortSignal): Promise<Arrived>
  /** Takes back what was sent. */
  drop(id: string): Promise<void>
}

/** What is said when all is there. `voice`: it is a recording, so loud. */
export type Finished = { sha256: string; voice?: { peaks: number[] } }
/** `place`: the conversation's id, or what stands for it before a contact's first message. */
export type BegunUpload = { id: string; place: string; name: string; bytes: number; partBytes: number }
export type SentPart = {
  id: string
  /** Which part, from 0. */
  index: number
  bytes: Uint8Array<ArrayBuffer>
  sent: (bytes: number) => void
}

/** What is carried cannot be read any more: it was moved, changed, or lies on a disk that is gone. */
export class FileGone extends Error {
  override readonly name = 'FileGone'
}

/** Smaller parts would cost more answers than they spare bytes. */
const leastPart = 1024 * 1024
/** So much is hashed in one go, so that nothing waits for it longer than a frame. */
const stepBytes = 512 * 1024

/**
 * Carries one file to the server, part by part, one at a time, and never holds more of it than a part. `run` may be called
 * again after any failure: it asks what has arrived and sends only what is missing.
 */
export function createCarriage(options: {
  upload: Omit<BegunUpload, 'partBytes'>
  file: Blob
  voice?: Voice | undefined
  routes: UploadRoutes
  /** Told how many bytes have arrived or are on their way. */
  progress: (bytes: number) => void
  /** Everything is there; the server looks at it. */
  checking: () => void
}): { run(signal: AbortSignal): Promise<FileShown> } {
  const { upload, file, voice, routes } = options
  const hash = sha256.create()
  /** How far the file is hashed. It is read once, in order, whatever was sent before. */
  let hashed = 0
  let digest = ''

  async function read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    let bytes: Uint8Array<ArrayBuffer>
    try {
      bytes = new Uint8Array(await file.slice(from, to).arrayBuffer())
    } catch {
      throw new FileGone()
    }
    if (bytes.length !== to - from) throw new FileGone()
    return bytes
  }

  async function take(bytes: Uint8Array, from: number): Promise<void> {
    if (hashed !== from) return
    for (let at = 0; at < bytes.length; at += stepBytes) {
      hash.update(bytes.subarray(at, at + stepBytes))
      if (at + stepBytes < bytes.length) await turn()
    }
    hashed = from + bytes.length
  }

  return {
    async run(signal) {
      const begun = await routes.begin({ ...upload, partBytes: partOf(upload.bytes) }, signal)
      if (begun.file) return begun.file
      const there = new Set(begun.received)
      const parts = Math.ceil(upload.bytes / begun.partBytes)
      const span = (index: number) =>
        [index * begun.partBytes, Math.min(upload.bytes, (index + 1) * begun.partBytes)] as const
      let arrived = 0
      for (const index of there) arrived += span(index)[1] - span(index)[0]
      options.progress(arrived)
      for (let index = 0; index < parts; index++) {
        signal.throwIfAborted()
        const [from, to] = span(index)
        if (there.has(index) && hashed >= to) continue
        const bytes = await read(from, to)
        signal.throwIfAborted()
        if (there.has(index)) {
          await take(bytes, from)
          continue
        }
        const before = arrived
        const sending = routes.part(
          {
            id: upload.id,
            index,
            bytes,
            sent: (sent) => options.progress(before + Math.min(sent, to - from)),
          },
          signal,
        )
        // While it is on its way; whatever becomes of it, this must be over before it is begun again.
        sending.catch(() => undefined)
        await take(bytes, from)
        await sending
        arrived += to - from
        options.progress(arrived)
      }
      digest ||= hex(hash.digest())
      options.checking()
      const { file: done } = await routes.finish(
        upload.id,
        { sha256: digest, ...(voice ? { voice: { peaks: voice.peaks } } : {}) },
        signal,
      )
      if (!done) throw new ApiFailure({ code: 'file.incomplete', status: 409 })
      return done
    },
  }
}

/** What is mended by asking again what has arrived, and sending what is missing. */
const mended = new Set<string>(['file.unknown', 'file.incomplete', 'file.checksum', 'file.part_length'])

/** What becomes of a failure: it passes by itself, asking again mends it, or nothing but a person helps. */
export function outcomeOf(failure: unknown): 'passes' | 'mends' | 'stays' {
  if (failure instanceof FileGone) return 'stays'
  if (!(failure instanceof ApiFailure) || failure.retryable) return 'passes'
  return mended.has(failure.code) ? 'mends' : 'stays'
}

/** Large files go in large parts; of a smaller one, less is lost when the line is cut. */
function partOf(bytes: number): number {
  const eighth = Math.ceil(bytes / 8 / partBytes.least) * partBytes.least
  return Math.min(partBytes.most, Math.max(leastPart, eighth))
}

/** Lets what waits go first: a key, a frame. */
function turn(): Promise<void> {
  return new Promise((done) => setTimeout(done))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
