import type { App } from './app.ts'
import { startHttpRole } from './roles/http.ts'
import { startSocketRole } from './roles/socket.ts'
import { startWorkerRole } from './roles/worker.ts'

export type Running = {
  readonly port: number
  /** Takes no more work, finishes what is under way, tells sockets to come back elsewhere, and closes. */
  stop(): Promise<void>
}

/**
 * Starts the roles this process has. Every process answers `/livez` and `/readyz`; one without the role `http` answers
 * nothing else.
 */
export async function startRoles(app: App): Promise<Running> {
  const { roles, host, port } = app.config
  const http = await startHttpRole(app, { routes: roles.has('http') })
  const socket = roles.has('socket') ? startSocketRole(app, http.server) : null
  const worker = roles.has('worker') ? startWorkerRole(app) : null
  const listening = await http.listen({ host, port })
  return {
    port: listening.port,
    async stop() {
      await Promise.all([http.drain(), socket?.stop(), worker?.stop()])
      await http.close()
      await app.close()
    },
  }
}
