import type { Random } from '../stage/random.ts'
import { freePort } from '../stage/server-node.ts'
import { type Line, openRelay, type Relay, type Target } from './relay.ts'

/** How likely an answer is cut off: of a request that writes, of one that reads, of each piece a socket is sent. */
export type CutChances = { writes: number; reads: number; socket: number }

export type FaultyProxy = Relay & {
  readonly origin: string
  /** Cuts connections at the moment when the answer comes back: the server has done it, the client cannot know. */
  cutAnswers(chances: CutChances | null): void
  /** Cuts connections while a request of PUT is still coming, with this chance at each piece of it. */
  cutBodies(chance: number | null): void
  cuts(): { writes: number; reads: number; socket: number; bodies: number }
}

type ProxyOptions = { targets: () => readonly Target[]; random: Random; localAddresses?: readonly string[] }

/** A relay before the product that tells HTTP from sockets and can cut answers off. */
export async function openProxy(options: ProxyOptions): Promise<FaultyProxy> {
  let chances: CutChances | null = null
  let bodyChance: number | null = null
  const counts = { writes: 0, reads: 0, socket: 0, bodies: 0 }

  function fromServer(line: Line): boolean {
    const kind = kindOf(line)
    if (!chances || !kind || !options.random.chance(chances[kind])) return true
    counts[kind]++
    line.cut()
    return false
  }

  function fromClient(line: Line, chunk: Buffer): boolean {
    recognize(line, chunk)
    if (bodyChance === null || line.method !== 'PUT' || !options.random.chance(bodyChance)) return true
    counts.bodies++
    line.cut()
    return false
  }

  const relay = await openRelay({
    port: await freePort(),
    targets: options.targets,
    ...(options.localAddresses ? { localAddresses: options.localAddresses } : {}),
    fromClient,
    fromServer,
  })
  return {
    ...relay,
    origin: `http://127.0.0.1:${relay.port}`,
    cutAnswers(next) {
      chances = next
    },
    cutBodies(chance) {
      bodyChance = chance
    },
    cuts: () => ({ ...counts }),
  }
}

/** Requests begin at the beginning of what a client sends; the answer to one ends before the next is sent. */
function recognize(line: Line, chunk: Buffer): void {
  const method = /^(GET|POST|PUT|PATCH|DELETE) /.exec(chunk.toString('latin1', 0, 8))?.[1]
  if (!method || line.kind === 'socket') return
  line.method = method
  line.kind = method === 'GET' && /\r\nupgrade: websocket/i.test(chunk.toString('latin1')) ? 'socket' : 'http'
}

function kindOf(line: Line): keyof CutChances | null {
  if (line.kind === 'socket') return 'socket'
  if (line.kind === 'unknown') return null
  return line.method === 'GET' ? 'reads' : 'writes'
}

export type Balancer = { targets: () => readonly Target[]; stop(): void }

/** Sends connections to processes in turn, those that answer first; asks each every second whether it does. */
export function createBalancer(ports: readonly number[]): Balancer {
  const sick = new Set<number>()
  let turn = 0
  const looking = setInterval(() => {
    for (const port of ports) {
      fetch(`http://127.0.0.1:${port}/livez`, { signal: AbortSignal.timeout(900) }).then(
        async (answer) => {
          await answer.arrayBuffer()
          sick.delete(port)
        },
        () => sick.add(port),
      )
    }
  }, 1_000)
  return {
    targets() {
      turn++
      const inTurn = ports.map((_, index) => ports[(turn + index) % ports.length] as number)
      const healthy = inTurn.filter((port) => !sick.has(port))
      return [...healthy, ...inTurn.filter((port) => sick.has(port))].map((port) => ({
        host: '127.0.0.1',
        port,
      }))
    },
    stop: () => clearInterval(looking),
  }
}
