import type { Server } from 'node:http'
import { closeCodes, heartbeatSeconds, socketPath } from '@foyer/contract/protocol.ts'
import type { App } from '../app.ts'
import { addressPrefix } from '../platform/http/address.ts'
import { createSocketServer } from '../platform/socket/server.ts'

/** How far apart the sockets of a stopping process are closed, so that they do not all come back at once. */
const drainSpreadMs = 3_000

/** Serves live updates and presence on an HTTP server's upgrades. */
export function startSocketRole(app: App, server: Server): { count(): number; stop(): Promise<void> } {
  const { serve, close } = app.openSockets()
  const sockets = createSocketServer({
    server,
    path: socketPath,
    log: app.log.of('socket'),
    isOriginAllowed: app.isOriginAllowed,
    addressOf: (request) => addressPrefix(app.ipOf(request)),
    serve,
    codes: closeCodes,
    heartbeatSeconds,
  })
  return {
    count: sockets.count,
    async stop() {
      await sockets.drain(sockets.count() > 50 ? drainSpreadMs : 0)
      sockets.close()
      close()
    },
  }
}
