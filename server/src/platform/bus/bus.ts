/**
 * Tells every process what changed. What a process publishes reaches its own listeners at once, with whatever object it
 * has at hand; others receive the notice alone, which carries ids and numbers, never content.
 *
 * A notice is a hint: whoever may have missed one (`missed`) reads the truth from the database.
 */
export type Bus = {
  publish(topic: string, notice: Notice, local?: unknown): void
  subscribe(topic: string, listener: (notice: Notice, local: unknown) => void): () => void
  /** Calls back after notices may have been lost. */
  onMissed(listener: () => void): () => void
  close(): Promise<void>
}

export type Notice = Record<string, string | number | boolean | null>
