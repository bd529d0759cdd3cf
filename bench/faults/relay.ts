import { createServer, connect as openSocket, type Socket } from 'node:net'

export type Target = { host: string; port: number } | { path: string }

/** One connection through a relay. */
export type Line = {
  readonly client: Socket
  /** Null until the far side is asked for. */
  server: Socket | null
  /** Of what it is told by whoever looks at what passes. */
  kind: 'http' | 'socket' | 'unknown'
  method: string
  armed: boolean
  /** Resets both sides: whatever is on its way is gone. */
  cut(): void
}

export type RelayOptions = {
  port: number
  /** Where the next connection goes, best first. */
  targets: () => readonly Target[]
  /** Local addresses to connect from, in turn. */
  localAddresses?: readonly string[]
  /** Sees what passes; false keeps it from going on. */
  fromClient?: (line: Line, chunk: Buffer) => boolean
  fromServer?: (line: Line, chunk: Buffer) => boolean
}

export type Relay = {
  readonly port: number
  readonly lines: ReadonlySet<Line>
  /** Nothing passes in either direction and nothing is closed, as on a line that went dead; new connections wait too. */
  freeze(): void
  thaw(): void
  /** Nothing passes towards clients until it is lifted. */
  stall(isOn: boolean): void
  cutAll(): void
  /** While refused, connections are reset as they come. */
  refuse(isOn: boolean): void
  close(): Promise<void>
}

/** Passes TCP connections on, and can hurt them in the ways that networks do. */
export async function openRelay(options: RelayOptions): Promise<Relay> {
  const lines = new Set<Line>()
  let isFrozen = false
  let isStalled = false
  let isRefusing = false
  let turn = 0
  const server = createServer({ pauseOnConnect: true, noDelay: true }, accept)

  function accept(client: Socket): void {
    if (isRefusing) return void client.resetAndDestroy()
    const line: Line = {
      client,
      server: null,
      kind: 'unknown',
      method: '',
      armed: false,
      cut() {
        lines.delete(line)
        reset(client)
        if (line.server) reset(line.server)
      },
    }
    lines.add(line)
    client.on('error', () => line.cut())
    client.on('close', () => {
      lines.delete(line)
      line.server?.destroy()
    })
    if (!isFrozen) reach(line, options.targets())
  }

  function reach(line: Line, [target, ...others]: readonly Target[]): void {
    if (!target) return line.cut()
    const addresses = options.localAddresses ?? []
    const localAddress = addresses[turn++ % Math.max(1, addresses.length)]
    const far = openSocket(
      'path' in target ? { path: target.path } : { ...target, ...(localAddress ? { localAddress } : {}) },
    )
    far.setNoDelay(true)
    let isOpen = false
    far.once('connect', () => {
      isOpen = true
      line.server = far
      pass(line, far)
    })
    far.on('error', () => {
      if (!isOpen && others.length > 0) reach(line, others)
      else line.cut()
    })
  }

  function pass(line: Line, far: Socket): void {
    const { client } = line
    client.on('data', (chunk: Buffer) => {
      if (options.fromClient && !options.fromClient(line, chunk)) return
      if (!far.write(chunk)) client.pause()
    })
    far.on('drain', () => !isFrozen && client.resume())
    far.on('data', (chunk: Buffer) => {
      if (options.fromServer && !options.fromServer(line, chunk)) return
      if (!client.write(chunk)) far.pause()
    })
    client.on('drain', () => !isFrozen && !isStalled && far.resume())
    client.on('end', () => far.end())
    far.on('end', () => client.end())
    far.on('close', () => client.destroy())
    if (isFrozen) return
    client.resume()
    if (isStalled) far.pause()
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', 4_096, resolve)
  })
  return {
    port: options.port,
    lines,
    freeze() {
      isFrozen = true
      for (const line of lines) {
        line.client.pause()
        line.server?.pause()
      }
    },
    thaw() {
      isFrozen = false
      for (const line of lines) {
        if (line.server) {
          line.client.resume()
          line.server.resume()
        } else reach(line, options.targets())
      }
    },
    stall(isOn) {
      isStalled = isOn
      for (const line of lines) {
        if (isOn) line.server?.pause()
        else line.server?.resume()
      }
    },
    cutAll() {
      for (const line of [...lines]) line.cut()
    },
    refuse(isOn) {
      isRefusing = isOn
    },
    close() {
      for (const line of [...lines]) line.cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** Only TCP can be reset; a Unix socket is closed. */
function reset(socket: Socket): void {
  if (socket.remoteFamily) socket.resetAndDestroy()
  else socket.destroy()
}
