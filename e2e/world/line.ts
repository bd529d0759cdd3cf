import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A person's way to the server that can really be cut: open connections end, new ones are refused. */
export type Line = {
  readonly origin: string
  cut(): Promise<void>
  mend(): Promise<void>
  close(): Promise<void>
}

export async function layLine(toPort: () => number): Promise<Line> {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(toPort(), '127.0.0.1')
    open.add(near)
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
    near.on('close', () => {
      open.delete(near)
      far.destroy()
    })
    far.on('close', () => near.destroy())
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo

  async function cut(): Promise<void> {
    if (!server.listening) return
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of open) socket.destroy()
    await closed
  }
  return { origin: `http://localhost:${port}`, cut, mend: () => listen(port), close: cut }
}
