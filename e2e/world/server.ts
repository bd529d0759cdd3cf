import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const node = `${root}node_modules/.bin/node`
const startMs = 60_000

/** One process of the product, started as an administrator would. */
export type ServerProcess = {
  readonly name: string
  readonly port: number
  /** Everything it has printed so far, start after start. */
  output(): string
  /** The one-time link it printed, if it did. */
  setupLink(): string | null
  isRunning(): boolean
  /** Ends it with a signal; returns the exit code, null after a kill. */
  stop(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>
  /** Starts it again on the same port. */
  startAgain(): Promise<void>
}

export type ServerSettings = Readonly<Record<string, string>>

/** Starts `node server/src/main.ts` and waits until it says where it serves. */
export async function startServer(name: string, settings: ServerSettings): Promise<ServerProcess> {
  let child: ChildProcess | null = null
  let port = 0
  let output = ''

  async function start(): Promise<void> {
    const started = spawn(node, ['server/src/main.ts'], {
      cwd: root,
      // Nothing of the environment the tests run in, where settings of ours may stand.
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        HOST: '127.0.0.1',
        PORT: `${port}`,
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = started
    const from = output.length
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`${name} ${why}:\n${output.slice(from)}`))
      const timer = setTimeout(() => fail('did not start in time'), startMs)
      const read = (chunk: Buffer) => {
        output += chunk.toString()
        const ready = /(?:Listening on:\s+\S+:|Running as .* on port )(\d+)/.exec(output.slice(from))
        if (!ready) return
        port = Number(ready[1])
        clearTimeout(timer)
        resolve()
      }
      started.stdout?.on('data', read)
      started.stderr?.on('data', read)
      started.once('exit', (code) => {
        if (child === started) child = null
        clearTimeout(timer)
        fail(`ended with ${code} before it served`)
      })
    })
  }

  await start()
  // Whatever ends the tests, nothing of theirs goes on.
  process.once('exit', () => child?.kill('SIGKILL'))
  return {
    name,
    get port() {
      return port
    },
    output: () => output,
    setupLink: () => /Set up here, once:\s+(\S+)/.exec(output)?.[1] ?? null,
    isRunning: () => child !== null,
    async stop(signal) {
      const running = child
      if (!running) return 0
      const ended = new Promise<number | null>((resolve) => running.once('exit', resolve))
      running.kill(signal)
      return ended
    },
    startAgain: start,
  }
}

/** What its log says failed on our side. */
export function faultsOf(server: ServerProcess): string[] {
  return server
    .output()
    .split('\n')
    .filter((line) => /^\{.*"level":"(error|fatal)"/.test(line))
}
