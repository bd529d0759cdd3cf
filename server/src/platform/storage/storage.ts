import type { Readable } from 'node:stream'

/**
 * Where bytes lie that are too many for the database: each under a key of segments `[A-Za-z0-9_-]+` with `/` between. What lies
 * under a key is never changed, only removed.
 */
export type Storage = {
  /**
   * Keeps bytes under a key, all of them or none; false: others came first, and stay. When it is done what lies there outlives a
   * loss of power. `isSpent`: nobody uses the pieces afterwards, so that their memory can be given back at once.
   *
   * @throws Error where fewer or more come than `bytes` says, or what the source of them throws
   */
  put(
    key: string,
    content: AsyncIterable<Uint8Array>,
    bytes: number,
    options?: { isSpent: boolean },
  ): Promise<boolean>
  /** The last segments of all keys that have one more than these. */
  list(prefix: string): Promise<string[]>
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

/** A key of a storage. They are made by us; one that could lead elsewhere is a fault of ours. @throws Error */
export function demandKey(key: string): string {
  if (/^[\w-]+(\/[\w-]+)*$/.test(key)) return key
  throw new Error(`"${key}" is no key of a storage.`)
}
