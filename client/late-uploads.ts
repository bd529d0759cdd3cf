import { createLate, type Late } from './late.ts'
import type { OutboxFiles, OutboxItem, OutboxStorage } from './outbox.ts'
import type { Uploads } from './uploads.ts'

/**
 * What brings files, fetched when there is a file: most people who write never send one. Its listeners are called back when
 * it has come, and from then on whenever a file moves on.
 */
export type LateUploads = Late<Uploads> & {
  /** What the outbox asks; until the uploads are there, messages with files wait. */
  readonly ofOutbox: OutboxFiles
}

/**
 * Fetches the uploads when the first file is chosen, or at once when files from before a reload are on their way still.
 * `messages`: what is in the outbox; files that belonged to a message which is not there any more are let go.
 */
export function lateUploads(options: {
  make: () => Promise<Uploads>
  storage: OutboxStorage
  storageKey: string
  messages: () => readonly OutboxItem[]
}): LateUploads {
  const { make, storage, storageKey } = options
  const late = createLate(async () => {
    const uploads = await make()
    const waiting = new Set(options.messages().flatMap(({ files = [] }) => files.map(({ id }) => id)))
    uploads.sent(uploads.items().flatMap(({ id, isTaken }) => (isTaken && !waiting.has(id) ? [id] : [])))
    return uploads
  })
  if (hasKept()) void late.open()

  function subscribe(listener: () => void): () => void {
    let stop = late.now()?.subscribe(listener)
    const stopWaiting = late.subscribe(() => {
      stop ??= late.now()?.subscribe(listener)
      listener()
    })
    return () => {
      stopWaiting()
      stop?.()
    }
  }

  function hasKept(): boolean {
    try {
      for (let index = 0; index < (storage?.length ?? 0); index++)
        if (storage?.key(index)?.startsWith(`${storageKey}:`)) return true
    } catch {
      // Blocked: nothing was kept.
    }
    return false
  }

  return {
    ...late,
    subscribe,
    ofOutbox: {
      subscribe,
      verdict(ids) {
        const uploads = late.now()
        if (uploads) return uploads.verdict(ids)
        void late.open()
        return 'wait'
      },
      retry: (ids) => late.now()?.retry(ids),
      sent: (ids) => late.now()?.sent(ids),
      drop: (ids) => late.now()?.drop(ids),
    },
  }
}
