import { createHash, type Hash } from 'node:crypto'

/** What is known of the beginning of something that arrives: how many bytes, their SHA-256 so far, and the first of them. */
export type Sum = { bytes: number; hash: Hash; head: Buffer }

/** The sums of what arrives piece by piece, for as long as the pieces come in order and through this process. */
export type RunningSums = {
  /** Passes a piece on that begins at `from`; `kept` takes it into the sum, once it is certain that it stays. */
  follow(
    key: string,
    from: number,
    content: AsyncIterable<Uint8Array>,
  ): { content: AsyncIterable<Uint8Array>; kept(): void }
  /** As far as it is known; to be gone on with by whoever asks. */
  of(key: string): Sum
  forget(key: string): void
}

/** Remembers so many at once, and of each so many bytes from its beginning. */
export function createRunningSums(options: { most: number; headBytes: number }): RunningSums {
  const { most, headBytes } = options
  const sums = new Map<string, Sum>()

  function of(key: string): Sum {
    const known = sums.get(key)
    return known
      ? { ...known, hash: known.hash.copy() }
      : { bytes: 0, hash: createHash('sha256'), head: Buffer.of() }
  }

  return {
    of,
    follow(key, from, content) {
      const sum = of(key)
      // What is between is not known: whoever needs the sum reads from where it ends.
      if (sum.bytes !== from) return { content, kept: () => undefined }
      return {
        content: passing(sum, headBytes, content),
        kept() {
          if ((sums.get(key)?.bytes ?? 0) !== from) return
          sums.delete(key)
          const [oldest] = sums.keys()
          if (sums.size >= most && oldest !== undefined) sums.delete(oldest)
          sums.set(key, sum)
        },
      }
    },
    forget: (key) => void sums.delete(key),
  }
}

/** Takes what passes into a sum. */
export async function* passing(
  sum: Sum,
  headBytes: number,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of content) {
    sum.hash.update(chunk)
    if (sum.head.length < headBytes)
      sum.head = Buffer.concat([sum.head, chunk.subarray(0, headBytes - sum.head.length)])
    sum.bytes += chunk.byteLength
    yield chunk
  }
}
