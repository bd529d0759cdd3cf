import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A person's way to the server that can really be cut: open connections end, new ones are refused. */
export type Line = {
  readonly origin: string
  cut(): Promise<void>
  /** Everything is swallowed without a word; what is open or is opened now stays dead for good. */
  darken(): void
  mend(): Promise<void>
  close(): Promise<void>
}

export async function layLine(toPort: () => number): Promise<Line> {
  const open = new Map<Socket, Socket>()
  const dead = new Set<Socket>()
  let dark = false
  const server = createServer((near) => {
    if (dark) return swallow(near)
    const far = connect(toPort(), '127.0.0.1')
    open.set(near, far)
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
    near.on('close', () => {
      open.delete(near)
      far.destroy()
    })
    // The far end gives a silent connection up; nobody hears of it in the dark.
    far.on('close', () => dead.has(near) || near.destroy())
  })
  function swallow(near: Socket): void {
    near.on('error', () => undefined)
    near.resume()
    dead.add(near)
  }

  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo

  async function cut(): Promise<void> {
    if (!server.listening) return
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of [...open.keys(), ...dead]) socket.destroy()
    await closed
  }
  return {
    origin: `http://localhost:${port}`,
    cut,
    darken() {
      dark = true
      for (const [near, far] of open) {
        near.unpipe()
        far.unpipe()
        far.pause()
        swallow(near)
      }
      open.clear()
    },
    async mend() {
      dark = false
      if (!server.listening) await listen(port)
    },
    close: cut,
  }
}
