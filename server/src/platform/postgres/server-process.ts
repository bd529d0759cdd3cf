import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from './binaries.ts'
import { explain, PostgresError } from './explain.ts'
import type { Home } from './home.ts'
import { isOfCluster, signal, waitUntil } from './processes.ts'
import type { Wrapper } from './user.ts'

export type Log = (line: string, extra?: object) => void

/** A running PostgreSQL, started by us or found running. */
export type Server = {
  pid: number
  /** Fulfilled with what was seen when it has ended, for whatever reason. */
  ended: Promise<string>
  /** Fast shutdown: sessions are cut off, what was committed is on the disk, the next start has nothing to recover. */
  stop(): Promise<void>
}

/** What the running server says of itself in its postmaster.pid. */
export type Postmaster = { pid: number; port: number; socketFolder: string; ready: boolean }

/**
 * The cluster's folder as its own processes name it. They are started in it, so that they reach it also where the way
 * down is closed to their user (a home of mode 0700) or longer than PostgreSQL can hold.
 */
export function enterable(data: string): string {
  return process.platform === 'linux' ? '/proc/self/cwd' : data
}

/** Our settings and secrets, and the PG… variables of whoever starts us, are nothing to the database. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH }
}

/** Starts the server and waits until it takes connections, however long it recovers. */
export async function launchServer(given: {
  home: Home
  engine: Engine
  wrap: Wrapper
  settings: Record<string, string>
  log: Log
  onLaunched: (() => void) | undefined
}): Promise<Server> {
  const { home, engine, wrap, log } = given
  const settings = Object.entries(given.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { file, args, options } = wrap(engine.postgres, ['-D', enterable(home.data), ...settings])
  const child = spawn(file, args, {
    ...options,
    cwd: home.data,
    env: plainEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    // A session of its own: Ctrl-C in the terminal reaches us, and we stop the database when we have drained.
    detached: true,
  })
  given.onLaunched?.()
  const printed = keepAndForward(child, log)
  const { promise: ended, resolve: end } = Promise.withResolvers<string>()
  child.once('error', (error) => end(String(error)))
  child.once('exit', async (code, name) => {
    // Its last words may still be on the way; a session that outlives the server holds the line open.
    await Promise.race([once(child, 'close'), sleep(200)])
    end(name ? `killed by ${name}` : `exit code ${code}`)
  })
  let outcome: string | null = null
  void ended.then((how) => (outcome = how))

  const isReady = async () => {
    if (outcome !== null) throw new PostgresError(explain(`${printed.join('\n')}\n${outcome}`, home.dataDir))
    const postmaster = await readPostmaster(home.data)
    return postmaster !== null && postmaster.pid === child.pid && postmaster.ready
  }
  while (!(await waitUntil(isReady, 10_000))) {
    log(
      'PostgreSQL is still starting; after a crash or a power cut it repeats what was not yet in its tables.',
    )
  }
  // The database does not keep Node alive; whoever wants it to end in order calls stop.
  child.unref()
  ;(child.stderr as Socket | null)?.unref() // a pipe is a socket, which the type does not say
  const pid = child.pid as number // a server that is ready has one
  return { pid, ended, stop: () => stopServer(pid, () => outcome !== null) }
}

/** Takes over a server that outlived the process that had started it. */
export function adoptServer(pid: number, mark: string): Server {
  const { promise: ended, resolve: end } = Promise.withResolvers<string>()
  const isOver = async () => {
    if (await isOfCluster(pid, mark)) return false
    clearInterval(look)
    end('it is gone')
    return true
  }
  const look = setInterval(isOver, 500).unref()
  return { pid, ended, stop: () => stopServer(pid, isOver) }
}

/** What postmaster.pid says, or `null` when there is none or it is still being written. */
export async function readPostmaster(data: string): Promise<Postmaster | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid, , , port, socketFolder, , , status] = text.split('\n').map((line) => line.trim())
  if (!pid || !Number.isInteger(Number(pid))) return null
  return {
    pid: Number(pid),
    port: Number(port),
    socketFolder: socketFolder ?? '',
    ready: status === 'ready',
  }
}

async function stopServer(pid: number, isOver: () => boolean | Promise<boolean>): Promise<void> {
  // Fast; then immediate, where sessions are killed and the next start recovers; then for one that no longer listens.
  for (const [name, patience] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (await isOver()) return
    signal(pid, name)
    if (await waitUntil(isOver, patience)) return
  }
  throw new PostgresError(
    `PostgreSQL (process ${pid}) does not end, not even when killed: look for a disk that hangs.`,
  )
}

/** Hands each line to the log and keeps the last ones, which say why it did not start. */
function keepAndForward(child: ChildProcess, log: Log): string[] {
  const kept: string[] = []
  if (!child.stderr) return kept
  const lines = createInterface({ input: child.stderr })
  lines.on('line', (line) => {
    kept.push(line)
    if (kept.length > 40) kept.shift()
    const [, severity, text] = /^([A-Z]+):\s+(.*)$/.exec(line) ?? []
    log(text ?? line.trim(), { source: 'postgres', severity: severity ?? 'LOG' })
  })
  return kept
}
