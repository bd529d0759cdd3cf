import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startArguments } from '../../start-arguments.ts'

/** One process of the product, as an administrator would start it. It keeps its port over restarts. */
export type ServerNode = {
  readonly port: number
  readonly origin: string
  /** 0 while it does not run. */
  pid(): number
  /** What it printed last. */
  printed(): string
  /** Starts the process; resolves with the milliseconds until it is ready. */
  start(): Promise<number>
  kill(signal: NodeJS.Signals): void
  /** Resolves when the process has ended. */
  ended(): Promise<void>
  /** Ends it in order. */
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const startLimitMs = 90_000
const living = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL')
})
// A run that is told to end leaves no process behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

export async function createServerNode(env: Record<string, string>): Promise<ServerNode> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  let child: ChildProcess | null = null
  let lines = ''
  let isAsked = false

  async function isReady(): Promise<boolean> {
    const answer = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null)
    await answer?.arrayBuffer().catch(() => null)
    return answer?.ok ?? false
  }

  const node: ServerNode = {
    port,
    origin,
    pid: () => child?.pid ?? 0,
    printed: () => lines,
    async start() {
      const began = performance.now()
      isAsked = false
      const started = spawn(
        process.execPath,
        ['--import', './bench/stage/lift-limits.ts', ...startArguments()],
        {
          cwd: root,
          // A process of the product inherits nothing that this one was told.
          env: {
            PATH: process.env.PATH,
            HOME: process.env.HOME,
            LOG_LEVEL: 'warn',
            ...env,
            PORT: String(port),
          },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      )
      child = started
      living.add(started)
      const keep = (chunk: Buffer) => {
        lines = (lines + chunk).slice(-200_000)
      }
      started.stdout.on('data', keep)
      started.stderr.on('data', keep)
      started.once('exit', (code, signal) => {
        living.delete(started)
        if (child === started) child = null
        if (!isAsked)
          process.stderr.write(`A process ended unasked (${code ?? signal}):\n${lines.slice(-3_000)}\n`)
      })
      while (!(await isReady())) {
        if (started.exitCode !== null || started.signalCode !== null)
          throw new Error(`The server did not start:\n${lines.slice(-4_000)}`)
        if (performance.now() - began > startLimitMs)
          throw new Error(`The server was not ready in time:\n${lines.slice(-4_000)}`)
        await sleep(20)
      }
      return performance.now() - began
    },
    kill(signal) {
      isAsked = signal === 'SIGKILL'
      child?.kill(signal)
    },
    async ended() {
      if (child) await once(child, 'exit')
    },
    async stop() {
      const running = child
      if (!running) return
      isAsked = true
      const over = once(running, 'exit')
      // A process that was frozen cannot hear that it is to stop.
      running.kill('SIGCONT')
      running.kill('SIGTERM')
      const cut = setTimeout(() => running.kill('SIGKILL'), 40_000)
      await over
      clearTimeout(cut)
    },
  }
  return node
}

// Between these lies none of the ports that fetch refuses to call.
const [firstPort, lastPort] = [7_000, 9_990]
let nextPort = firstPort + (process.pid % 250) * 10

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort++
    if (nextPort > lastPort) nextPort = firstPort
    const isFree = await new Promise<boolean>((resolve) => {
      const probe = createServer()
      probe.once('error', () => resolve(false))
      probe.listen(port, '0.0.0.0', () => probe.close(() => resolve(true)))
    })
    if (isFree) return port
  }
}
