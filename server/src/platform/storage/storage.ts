import type { Readable } from 'node:stream'
import type { Config } from '../config.ts'
import { openFolder } from './folder.ts'
import { readLater } from './read-later.ts'

/**
 * Where bytes lie that are too many for the database: each under a key of segments `[A-Za-z0-9_-]+` with `/` between. What lies
 * under a key is never changed, only replaced as a whole or removed.
 */
export type Storage = {
  /**
   * Keeps bytes under a key. When it is done they outlive a loss of power; where it fails, what was there before is there still.
   *
   * @throws Error where fewer or more come than `bytes` says, or what the source of them throws
   */
  put(key: string, content: AsyncIterable<Uint8Array>, bytes: number): Promise<void>
  /** Reads the bytes from `from` to before `to`. The stream fails with `Missing` where nothing lies there. */
  read(key: string, range: { from: number; to: number }): Readable
  /** Removes all whose keys begin with these segments; what is not there is no error. */
  remove(prefix: string): Promise<void>
}

/** That nothing lies under a key. */
export class Missing extends Error {
  override readonly name = 'Missing'

  constructor(key: string, options?: ErrorOptions) {
    super(`Nothing is stored under ${key}.`, options)
  }
}

/** Opens the storage that the settings name: a bucket, or a folder of our own. */
export function openStorage({ files, dataDir }: Pick<Config, 'files' | 'dataDir'>): Storage {
  if (!files) return openFolder(`${dataDir}/files`)
  // When the first bytes come, and not at the start: the client of S3 is large, and most installations never see it.
  let opening: Promise<Storage> | undefined
  const opened = () => (opening ??= import('./s3.ts').then(({ openBucket }) => openBucket(files)))
  return {
    put: async (key, content, bytes) => (await opened()).put(key, content, bytes),
    read: (key, range) => readLater(async () => (await opened()).read(key, range)),
    remove: async (prefix) => (await opened()).remove(prefix),
  }
}
