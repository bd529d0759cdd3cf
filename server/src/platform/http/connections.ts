import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { addressPrefix, isNeighbour } from './address.ts'

/** Connections of one address that are no sockets: a browser opens six, and an office may have one address. */
const mostPerAddress = 1_000

/** Refuses connections beyond so many of one address. A proxy that is trusted brings everybody's, and is not counted. */
export function limitConnections(server: Server, options: { trustProxy: number; most?: number }): void {
  const most = options.most ?? mostPerAddress
  const counts = new Map<string, number>()
  const release = new WeakMap<object, () => void>()

  server.on('connection', (socket: Socket) => {
    const { remoteAddress } = socket
    if (options.trustProxy > 0 && isNeighbour(remoteAddress)) return
    const address = addressPrefix(remoteAddress ?? '')
    const count = counts.get(address) ?? 0
    if (count >= most) {
      socket.destroy()
      return
    }
    counts.set(address, count + 1)
    const end = () => {
      if (!release.delete(socket)) return
      const left = (counts.get(address) ?? 1) - 1
      if (left > 0) counts.set(address, left)
      else counts.delete(address)
    }
    release.set(socket, end)
    socket.once('close', end)
  })
  // Live sockets have a limit of their own.
  server.on('upgrade', (_request, socket) => release.get(socket)?.())
}
