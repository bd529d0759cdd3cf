type Positions = { delivered?: number; read?: number }

/** Tells the server how far messages have arrived and been read. */
export type Reading = {
  note(conversationId: string, positions: Positions): void
  stop(): void
}

/** What happens together is said together. */
const gatherMs = 250
const againMs = 5_000

/** Positions only ever grow; each is said once, and again after a failure. */
export function createReading(
  send: (conversationId: string, positions: Positions) => Promise<void>,
): Reading {
  const wanted = new Map<string, Required<Positions>>()
  const said = new Map<string, Required<Positions>>()
  let timer: ReturnType<typeof setTimeout> | null = null

  function at(map: Map<string, Required<Positions>>, id: string): Required<Positions> {
    return map.get(id) ?? { delivered: 0, read: 0 }
  }

  async function flush(): Promise<void> {
    timer = null
    for (const [id, want] of wanted) {
      const before = at(said, id)
      const news: Positions = {}
      if (want.delivered > before.delivered) news.delivered = want.delivered
      if (want.read > before.read) news.read = want.read
      if (news.delivered === undefined && news.read === undefined) continue
      said.set(id, { ...want })
      try {
        await send(id, news)
      } catch {
        said.set(id, before)
        timer ??= setTimeout(flush, againMs)
      }
    }
  }

  return {
    note(id, positions) {
      const want = at(wanted, id)
      const delivered = Math.max(want.delivered, positions.delivered ?? 0, positions.read ?? 0)
      const read = Math.max(want.read, positions.read ?? 0)
      if (delivered === want.delivered && read === want.read) return
      wanted.set(id, { delivered, read })
      timer ??= setTimeout(flush, gatherMs)
    },
    stop() {
      if (timer) clearTimeout(timer)
    },
  }
}
