import { loadPatiently } from './load.ts'

/** A part of the client that is fetched when somebody needs it for the first time. */
export type Late<Part> = {
  /** The part, once it is there. */
  now(): Part | null
  /** Fetches it, now if nobody has yet; waits for as long as there is no line. */
  open(): Promise<Part>
  /** Calls back when it has come. */
  subscribe(listener: () => void): () => void
}

/** Makes a part that is fetched late. `make` is called once, when its script is there. */
export function createLate<Part>(make: () => Promise<Part>): Late<Part> {
  const listeners = new Set<() => void>()
  let part: Part | null = null
  let opening: Promise<Part> | null = null
  return {
    now: () => part,
    open() {
      opening ??= loadPatiently(make).then((made) => {
        part = made
        for (const listener of [...listeners]) listener()
        return made
      })
      return opening
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
