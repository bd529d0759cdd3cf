import { newId } from './ids.ts'
import type { KeptFiles } from './kept-files.ts'
import type { OutboxStorage } from './outbox.ts'
import type { Levels } from './waveform.ts'

/** What is known of a recording beside its bytes. */
export type RecordingFacts = {
  /** Where it is recorded: a conversation's id, or another name for a place that is none yet. */
  place: string
  /** As `audio/webm;codecs=opus`. */
  type: string
  /** So many pieces of it are kept. */
  pieces: number
  /** How long it is, in milliseconds. */
  ms: number
  levels: Levels
}

/** One recording as it is kept while it is made. */
export type KeptRecording = {
  /** Keeps a further piece, and what is known with it. */
  add(piece: Blob, facts: Omit<RecordingFacts, 'place' | 'pieces'>): void
  remove(): void
}

/**
 * Keeps recordings piece by piece, so that a reload costs a second of one at most. What another tab records at the moment is
 * that tab's: it holds a lock for as long as it lives.
 */
export function createRecordingKeeper(options: {
  storage: OutboxStorage
  storageKey: string
  files: KeptFiles | null
}) {
  const { storage, storageKey, files } = options
  const keyOf = (id: string) => `${storageKey}:${id}`

  function write(id: string, facts: RecordingFacts | null): void {
    try {
      if (facts) storage?.setItem(keyOf(id), JSON.stringify(facts))
      else storage?.removeItem(keyOf(id))
    } catch {
      // Storage is full or blocked: it lives in memory alone.
    }
  }

  function open(id: string, place: string, already: number): KeptRecording {
    let pieces = already
    const free = hold(keyOf(id))
    return {
      add(piece, facts) {
        const index = pieces++
        void files?.put(`${id}/${index}`, piece).then((isKept) => {
          if (isKept && pieces > 0) write(id, { ...facts, place, pieces: index + 1 })
        })
      },
      remove() {
        const count = pieces
        pieces = 0
        write(id, null)
        for (let index = 0; index < count; index++) void files?.remove(`${id}/${index}`)
        free()
      },
    }
  }

  return {
    begin: (place: string) => open(newId(), place, 0),
    /** The recording of a place that was begun before a reload; null where there is none. */
    async find(
      place: string,
    ): Promise<{ facts: RecordingFacts; recording: Blob; kept: KeptRecording } | null> {
      for (const { id, facts } of all(storage, storageKey)) {
        if (facts.place !== place || (await isHeld(keyOf(id)))) continue
        const pieces = await Promise.all(
          Array.from({ length: facts.pieces }, (_, index) => files?.get(`${id}/${index}`) ?? null),
        )
        const kept = open(id, place, facts.pieces)
        if (pieces.every((piece) => piece !== null) && pieces.length > 0)
          return { facts, recording: new Blob(pieces as Blob[], { type: facts.type }), kept }
        kept.remove()
      }
      return null
    },
  }
}

function all(storage: OutboxStorage, storageKey: string): { id: string; facts: RecordingFacts }[] {
  const found: { id: string; facts: RecordingFacts }[] = []
  try {
    for (let index = 0; index < (storage?.length ?? 0); index++) {
      const key = storage?.key(index)
      if (!key?.startsWith(`${storageKey}:`)) continue
      const facts = JSON.parse(storage?.getItem(key) ?? 'null') as RecordingFacts | null
      if (facts) found.push({ id: key.slice(storageKey.length + 1), facts })
    }
  } catch {
    // Blocked: nothing was kept.
  }
  return found
}

/** Holds a name until it is freed or the page goes; answers how to free it. */
function hold(name: string): () => void {
  let free: () => void = () => undefined
  const freed = new Promise<void>((resolve) => {
    free = resolve
  })
  void globalThis.navigator?.locks?.request(name, { ifAvailable: true }, () => freed)
  return free
}

async function isHeld(name: string): Promise<boolean> {
  const { held = [] } = (await globalThis.navigator?.locks?.query()) ?? {}
  return held.some((lock) => lock.name === name)
}
