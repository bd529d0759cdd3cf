import type { ServerFrame } from '@foyer/contract/protocol.ts'

/** One raw connection: what is sent is sent as it is, and everything received is kept. */
export type Line = AsyncDisposable & {
  send(frame: unknown): void
  /** The next frame of one of these kinds, those that came before included; rejects when the line closes first. */
  until<Type extends ServerFrame['type']>(...types: Type[]): Promise<Extract<ServerFrame, { type: Type }>>
  /** The code it was closed with. */
  readonly closed: Promise<number>
  /** All that came, as text. */
  received(): string
}

export async function listen(url: string): Promise<Line> {
  const socket = new WebSocket(url)
  const frames: ServerFrame[] = []
  const waiting = new Set<() => void>()
  socket.onmessage = (message) => {
    frames.push(JSON.parse(String(message.data)) as ServerFrame)
    for (const look of [...waiting]) look()
  }
  const closed = new Promise<number>((resolve) => {
    socket.onclose = (event) => resolve(event.code)
  })
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve()
    socket.onerror = () => reject(new Error(`No connection to ${url}.`))
  })
  let taken = 0
  return {
    send: (frame) => socket.send(JSON.stringify(frame)),
    until: (...types) =>
      new Promise((resolve, reject) => {
        void closed.then((code) => reject(new Error(`Closed with ${code} before any ${types.join(', ')}.`)))
        const look = () => {
          while (taken < frames.length) {
            const frame = frames[taken++]
            if (frame && types.some((type) => type === frame.type)) {
              waiting.delete(look)
              // Its type is one of those asked for.
              return resolve(frame as never)
            }
          }
        }
        waiting.add(look)
        look()
      }),
    closed,
    received: () => JSON.stringify(frames),
    async [Symbol.asyncDispose]() {
      socket.close()
      await closed
    },
  }
}
