/** What was read, and for how many milliseconds it may be believed. */
export type Reading<T> = { value: T; ms: number }

/** Keeps what is asked for again and again; many who ask at once wait for one reading. */
export type Memory<T> = {
  /** What is remembered under a key, else what `read` gives. */
  get(key: string, read: () => Promise<Reading<T>>): Promise<T>
  /** Drops what is kept under keys that begin so, and what is being read for them right now. */
  forget(prefix: string): void
}

/** Remembers at most `size` things, the oldest reading forgotten first; a reading that fails is not kept. */
export function createMemory<T>(size: number): Memory<T> {
  type Kept = { reading: Promise<Reading<T>>; until: number }
  const kept = new Map<string, Kept>()

  async function begin(key: string, read: () => Promise<Reading<T>>): Promise<T> {
    const entry: Kept = { reading: read(), until: Number.POSITIVE_INFINITY }
    kept.delete(key)
    kept.set(key, entry)
    const oldest = kept.size > size ? kept.keys().next().value : undefined
    if (oldest !== undefined) kept.delete(oldest)
    try {
      const { value, ms } = await entry.reading
      entry.until = performance.now() + ms
      return value
    } catch (error) {
      if (kept.get(key) === entry) kept.delete(key)
      throw error
    }
  }

  return {
    async get(key, read) {
      const known = kept.get(key)
      if (!known || known.until <= performance.now()) return begin(key, read)
      return (await known.reading).value
    },
    forget(prefix) {
      for (const key of kept.keys()) if (key.startsWith(prefix)) kept.delete(key)
    },
  }
}
