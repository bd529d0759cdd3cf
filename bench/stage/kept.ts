import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findEngine } from '../../server/src/platform/postgres/binaries.ts'
import { type EmbeddedPostgres, runCluster } from '../../server/src/platform/postgres/cluster.ts'
import { startScratchPostgres } from '../../server/src/platform/postgres/scratch.ts'
import { conversationIdOf, type Filled } from '../measures/large-data.ts'

/** A throw-away cluster that writes nothing through: what a measure makes up may be lost. */
export async function startLoosePostgres(): Promise<EmbeddedPostgres> {
  process.env.FOYER_TEST_FSYNC = 'off'
  try {
    return await startScratchPostgres()
  } finally {
    delete process.env.FOYER_TEST_FSYNC
  }
}

/** The same in a folder that stays, for measures that take minutes to fill. */
export async function startKeptPostgres(folder: string): Promise<EmbeddedPostgres> {
  for (const path of [folder, join(folder, 'postgres')]) {
    await mkdir(path, { recursive: true })
    await chmod(path, 0o711)
  }
  return runCluster({
    dataDir: folder,
    log: () => undefined,
    findEngine,
    durable: false,
    ownerRights: 'CREATEROLE CREATEDB',
    extraSettings: { max_connections: '400' },
  })
}

/** What a kept folder was filled with, or what fills it now. Fails where it was filled with another number. */
export async function filledIn(
  folder: string,
  clusterUrl: string,
  conversations: number,
  fill: () => Promise<Filled>,
): Promise<Filled> {
  const file = join(folder, 'filled.json')
  const kept = await readFile(file, 'utf8').catch(() => null)
  if (kept === null) {
    const filled = await fill()
    await writeFile(file, JSON.stringify(filled))
    return filled
  }
  const filled = JSON.parse(kept) as Filled
  if (filled.conversations !== conversations)
    throw new Error(`${folder} was filled with ${filled.conversations} conversations: give another folder.`)
  const url = new URL(clusterUrl)
  url.pathname = new URL(filled.url).pathname
  return { ...filled, url: url.href, conversationId: conversationIdOf }
}
