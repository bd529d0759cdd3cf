import type { Config } from '../config.ts'
import { openFolder } from './folder.ts'
import { readLater } from './read-later.ts'
import type { Storage } from './storage.ts'

/** Opens the storage that the settings name: a bucket, or a folder of our own. */
export function openStorage({ files, dataDir }: Pick<Config, 'files' | 'dataDir'>): Storage {
  if (!files) return openFolder(`${dataDir}/files`)
  // When the first bytes come, and not at the start: the client of S3 is large, and most installations never see it.
  let opening: Promise<Storage> | undefined
  const opened = () => (opening ??= import('./s3.ts').then(({ openBucket }) => openBucket(files)))
  return {
    put: async (key, content, bytes, options) => (await opened()).put(key, content, bytes, options),
    read: (key, range) => readLater(async () => (await opened()).read(key, range)),
    list: async (prefix) => (await opened()).list(prefix),
    remove: async (prefix) => (await opened()).remove(prefix),
  }
}
