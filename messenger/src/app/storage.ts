import type { OutboxStorage } from '@foyer/client/outbox.ts'

/** Named texts that outlive the page where the browser allows it. */
export type Keeper = {
  /** False when everything is gone with the page. */
  readonly kept: boolean
  get(name: string): string | null
  set(name: string, value: string | null): void
  /** Calls back when another tab has set this name, until the returned function is called. */
  follow(name: string, changed: () => void): () => void
  /** The storage itself, for what keeps many items; null when there is none. */
  readonly storage: OutboxStorage
}

/** Opens a storage of the browser under a prefix; where it is blocked, memory takes its place. */
export function openKeeper(open: () => Storage, prefix: string): Keeper {
  const storage = usable(open, prefix)
  const memory = new Map<string, string>()
  return {
    kept: storage !== null,
    storage,
    follow(name, changed) {
      const heard = ({ key }: StorageEvent) => key === prefix + name && changed()
      window.addEventListener('storage', heard)
      return () => window.removeEventListener('storage', heard)
    },
    get(name) {
      // What could not be stored because the storage is full is in memory, and newer.
      const value = memory.get(name)
      return value ?? storage?.getItem(prefix + name) ?? null
    },
    set(name, value) {
      memory.delete(name)
      try {
        if (value === null) storage?.removeItem(prefix + name)
        else if (storage) storage.setItem(prefix + name, value)
        else memory.set(name, value)
      } catch {
        if (value !== null) memory.set(name, value)
      }
    },
  }
}

/** Blocked storage throws when it is named, or when it is written to. */
function usable(open: () => Storage, prefix: string): Storage | null {
  try {
    const storage = open()
    storage.setItem(`${prefix}probe`, '1')
    storage.removeItem(`${prefix}probe`)
    return storage
  } catch {
    return null
  }
}
