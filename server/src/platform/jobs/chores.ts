import type { Log } from '../log.ts'

/** Something the worker does again and again; `everyMs` from the end of one run to the beginning of the next. */
export type Chore = { name: string; everyMs: number; run: () => Promise<void> }

/** Runs a chore again some time after its last run ended, so that a slow one never overtakes itself. */
export function startChore(chore: Chore, log: Log): { stop(): Promise<void> } {
  let stopped = false
  let running = Promise.resolve()
  let timer = setTimeout(begin, chore.everyMs)
  function begin(): void {
    running = chore
      .run()
      .catch((error: unknown) =>
        log.warn('A chore failed and is tried again.', { error, subject: chore.name }),
      )
      .then(() => {
        if (!stopped) timer = setTimeout(begin, chore.everyMs)
      })
  }
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
