import type { App } from '../app.ts'
import { startChore } from '../platform/jobs/chores.ts'
import { startWorker } from '../platform/jobs/worker.ts'

const housekeepingMs = 60_000

/** Works jobs and sweeps out what has expired. */
export function startWorkerRole(app: App): { stop(): Promise<void> } {
  const worker = startWorker({
    database: app.database,
    bus: app.bus,
    log: app.log.of('worker'),
    workerId: app.processId,
    handlers: app.jobHandlers,
  })
  const sweeping = setInterval(() => {
    app.sweep().catch((error: unknown) => app.log.warn('Expired rows could not be swept out.', { error }))
  }, housekeepingMs)
  const chores = app.chores.map((chore) => startChore(chore, app.log.of('worker')))
  return {
    async stop() {
      clearInterval(sweeping)
      await Promise.all([worker.stop(), ...chores.map((chore) => chore.stop())])
    },
  }
}
