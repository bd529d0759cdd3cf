import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Summary, summarize } from '../stage/figures.ts'
import type { ServerNode } from '../stage/server-node.ts'
import type { Run } from './fault.ts'

/** Where those who do no harm come from; attacks come from 127.0.0.1. */
const address = '127.0.0.2'

type Ask = { path: string; headers?: Record<string, string> }
export type Measured = { latency: Summary; failed: number; grownMb: number }

/**
 * Watches a process from a neighbour's seat while something happens: how long it is answered, and the most memory the
 * process took beyond what it had.
 */
export async function watchNeighbour(
  node: ServerNode,
  ask: Ask,
  during: () => Promise<void>,
): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, localAddress: address })
  const base = memoryOf(node.pid())
  const took: number[] = []
  let failed = 0
  let most = base
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      const began = performance.now()
      if (!(await isAnswered(node, ask, agent))) failed++
      took.push(performance.now() - began)
      most = Math.max(most, memoryOf(node.pid()))
      await sleep(20)
    }
  })()
  try {
    await during()
  } finally {
    isOver = true
    await watching
    agent.destroy()
  }
  return { latency: summarize(took), failed, grownMb: Math.round((most - base) / 1e6) }
}

/** Puts what a neighbour saw into the report, with what is promised. */
export function tellNeighbour(
  run: Run,
  before: Measured,
  measured: Measured,
  promised: { mb: number; p99Ms: number },
): void {
  run.figure('neighbour p99 before, ms', before.latency.p99)
  run.figure('neighbour max during, ms', measured.latency.max)
  run.limit(
    'neighbour p99 during, ms',
    measured.latency.p99,
    Math.max(promised.p99Ms, 5 * before.latency.p99),
  )
  run.figure('memory grew before by MB', before.grownMb)
  run.limit('memory grew by MB', measured.grownMb, promised.mb)
  // Also where times are told and not judged: so much is no matter of a busy machine.
  if (measured.grownMb > 2 * promised.mb || measured.latency.max > 10_000)
    run.violate({
      check: 'limit',
      detail: `a neighbour was harmed: ${measured.grownMb} MB, ${measured.latency.max} ms`,
    })
  if (measured.failed > 0)
    run.violate({ check: 'limit', detail: `${measured.failed} requests of the neighbour were not answered` })
}

function isAnswered(node: ServerNode, { path, headers }: Ask, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const asking = request(
      { host: '127.0.0.1', port: node.port, path, headers, agent, localAddress: address, timeout: 60_000 },
      (answer) => {
        answer.resume()
        answer.once('end', () => resolve(answer.statusCode === 200))
        answer.once('error', () => resolve(false))
      },
    )
    asking.once('timeout', () => asking.destroy())
    asking.once('error', () => resolve(false))
    asking.end()
  })
}

/** Bytes of a process that lie in memory; 0 once it is gone. */
export function memoryOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1] ?? 0) * 4096
  } catch {
    return 0
  }
}
