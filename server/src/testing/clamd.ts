import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ScannerAddress } from '../platform/scanner.ts'

/** A clamd as Debian packages it, that knows one piece of malware: the harmless file that all scanners are tried with. */
export type Clamd = AsyncDisposable & {
  readonly address: ScannerAddress
  stop(): Promise<void>
  /** Resolves when it listens again. */
  start(): Promise<void>
}

/** What it finds; put together here, so that this file is not found itself. */
export const harmless = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-'),
)

const program = '/usr/sbin/clamd'

/** Starts one; `null` where it is not installed. */
export async function startClamd(): Promise<Clamd | null> {
  const isInstalled = await access(program).then(
    () => true,
    () => false,
  )
  if (!isInstalled) return null
  const folder = await mkdtemp(join(tmpdir(), 'foyer-clamd-'))
  const path = join(folder, 'clamd.sock')
  const sum = createHash('md5').update(harmless).digest('hex')
  await writeFile(join(folder, 'own.hdb'), `${sum}:${harmless.length}:Foyer.Test\n`)
  const settings = {
    DatabaseDirectory: folder,
    LocalSocket: path,
    Foreground: 'yes',
    LogFile: join(folder, 'log'),
    StreamMaxLength: '110M',
    MaxScanSize: '110M',
    MaxFileSize: '110M',
  }
  const config = join(folder, 'clamd.conf')
  await writeFile(
    config,
    Object.entries(settings)
      .map((pair) => `${pair.join(' ')}\n`)
      .join(''),
  )
  let stop = async (): Promise<void> => undefined
  const start = async () => {
    const child = spawn(program, ['--config-file', config], { stdio: 'ignore' })
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    stop = async () => {
      child.kill('SIGKILL')
      await ended
    }
    for (let tries = 0; !(await isListening(path)); tries++) {
      if (tries > 300 || child.exitCode !== null) {
        await stop()
        throw new Error(`clamd does not start: ${readFileSync(join(folder, 'log'), 'utf8')}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  await start()
  return {
    address: { path },
    start,
    stop: () => stop(),
    async [Symbol.asyncDispose]() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
