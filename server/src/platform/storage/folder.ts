import { randomUUID } from 'node:crypto'
import { access, type FileHandle, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { counted } from './counted.ts'
import { readLater } from './read-later.ts'
import { demandKey, Missing, type Storage } from './storage.ts'

/** What is still arriving lies here, apart; nothing of it is looked at again after a death of the process. */
const arriving = '.arriving'
/** So many are written and read at once, of each that is under way; of what arrives, as many again wait meanwhile. */
const atOnceBytes = 256 * 1024
/** So long nothing takes that arrives; so often what was left is looked for. */
const abandonedMs = 3_600_000

/** Stores in a folder of this machine. Bytes and their names are on the disk before `put` is done. */
export function openFolder(root: string): Storage {
  const made = new Map<string, Promise<void>>()
  let tidiedAt = Number.NEGATIVE_INFINITY

  /** Makes a folder with all above it, each known to the one above it on the disk. */
  function ensure(folder: string): Promise<void> {
    const known = made.get(folder)
    if (known) return known
    const making = make(folder)
    // Folders of files are many: what is remembered is bounded.
    if (made.size > 1_000) made.clear()
    made.set(folder, making)
    making.catch(() => made.delete(folder))
    return making
  }

  async function make(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 })
    if (first === undefined) return
    for (let at = folder; at.length >= first.length; at = dirname(at)) await syncFolder(dirname(at))
  }

  return {
    async put(key, content, bytes, { isSpent } = { isSpent: false }) {
      const path = join(root, demandKey(key))
      await ensure(join(root, arriving))
      if (performance.now() - tidiedAt > abandonedMs) {
        tidiedAt = performance.now()
        tidy(join(root, arriving)).catch(() => undefined)
      }
      const draft = join(root, arriving, randomUUID())
      let file: FileHandle | undefined
      let writing = Promise.resolve()
      const leave = async () => {
        await writing.catch(() => undefined)
        await file?.close().catch(() => undefined)
        await rm(draft, { force: true })
      }
      try {
        file = await open(draft, 'wx', 0o600)
        for await (const chunks of batches(counted(content, bytes))) {
          await writing
          // While it is written the next ones come.
          writing = writeAll(file, chunks).then(() => {
            if (isSpent) for (const chunk of chunks) giveBack(chunk)
          })
          writing.catch(() => undefined)
        }
        await writing
        await file.datasync()
        await ensure(dirname(path))
        const isFirst = await give(draft, path).catch(async (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error
          // Its folder was removed since it was made.
          made.delete(dirname(path))
          await ensure(dirname(path))
          return give(draft, path)
        })
        await syncFolder(dirname(path))
        // Nobody has to wait for this.
        leave().catch(() => undefined)
        return isFirst
      } catch (error) {
        await leave()
        throw error
      }
    },

    read: (key, { from, to }) =>
      readLater(async () => {
        const path = join(root, demandKey(key))
        // A range without a byte cannot be said of a file.
        if (to <= from) return Readable.from([])
        return (await openThere(path, key)).createReadStream({
          start: from,
          end: to - 1,
          highWaterMark: atOnceBytes,
        })
      }),

    async list(prefix) {
      try {
        return await readdir(join(root, demandKey(prefix)))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
        throw error
      }
    },

    async remove(prefix) {
      const path = join(root, demandKey(prefix))
      await rm(path, { recursive: true, force: true })
      made.delete(path)
    },
  }
}

/** Gives what has arrived its place, unless something is there; false then. */
async function give(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    if (!linkless.has(code ?? '')) throw error
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    if (!isThere) await rename(draft, path)
    return !isThere
  }
}

/** What file systems answer that know no second name of a file. */
const linkless = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

async function openThere(path: string, key: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new Missing(key, { cause: error }) : error
  }
}

/** Pieces as a network brings them, some together: each write is a way to another thread and back. */
async function* batches(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array[], void> {
  let batch: Uint8Array[] = []
  let held = 0
  for await (const chunk of content) {
    batch.push(chunk)
    held += chunk.byteLength
    if (held < atOnceBytes) continue
    yield batch
    batch = []
    held = 0
  }
  if (held > 0) yield batch
}

/** One write may take less than it is given. */
async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await file.writev(chunks)
  if (bytesWritten === chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)) return
  const rest = Buffer.concat(chunks).subarray(bytesWritten)
  for (let at = 0; at < rest.length; ) at += (await file.write(rest, at)).bytesWritten
}

/**
 * Gives memory back at once. It lies outside the collector's heap: for each few dozen megabytes of it that only the collector can
 * free, everything stops for as long as it takes to look through all of the heap.
 */
function giveBack({ buffer, byteLength }: Uint8Array): void {
  // Others may live in the rest of a larger one.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}

/** A name is on the disk only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    folder.close().catch(() => undefined)
  }
}

/** Removes what a process that died was receiving. */
async function tidy(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const { mtimeMs } = await stat(join(folder, name))
    if (Date.now() - mtimeMs > abandonedMs) await rm(join(folder, name), { force: true })
  }
}
