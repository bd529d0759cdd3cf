import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Engine, findEngine } from './binaries.ts'
import { type EmbeddedPostgres, runCluster } from './cluster.ts'
import type { Wrapper } from './user.ts'

export type ScratchPostgres = EmbeddedPostgres & { dataDir: string }

/**
 * A throw-away cluster for tests, whose folder goes with it. As strict as a real one unless FOYER_TEST_FSYNC is off;
 * its owner may also create databases, so that each test can have one from a template.
 */
export async function startScratchPostgres(): Promise<ScratchPostgres> {
  return runScratch(findEngine)
}

/** The same on another PostgreSQL. */
export async function runScratch(
  engine: (wrap: Wrapper, dataDir: string) => Promise<Engine>,
): Promise<ScratchPostgres> {
  await removeForgotten()
  const dataDir = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  // PostgreSQL 15 leaves its working directory and walks back by path, so that its user must be let through.
  for (const path of [dataDir, join(dataDir, 'postgres')]) {
    await mkdir(path, { recursive: true })
    await chmod(path, 0o711)
  }
  const remove = () => rm(dataDir, { recursive: true, force: true })
  const printed: string[] = []
  try {
    const running = await runCluster({
      dataDir,
      log: (line) => printed.push(line),
      findEngine: engine,
      durable: process.env.FOYER_TEST_FSYNC !== 'off',
      ownerRights: 'CREATEROLE CREATEDB',
      extraSettings: { max_connections: '400' },
    })
    const stop = () => running.stop().finally(remove)
    return {
      url: running.url,
      fresh: running.fresh,
      get pid() {
        return running.pid
      },
      dataDir,
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await remove()
    throw new Error(`The scratch database did not start:\n${printed.join('\n')}`, { cause: error })
  }
}

const prefix = 'foyer-scratch-'

/** Folders of test runs that were killed. */
async function removeForgotten(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN
    if (Number.isNaN(pid) || isAlive(pid)) continue
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
