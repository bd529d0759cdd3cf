import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PostgresError } from './explain.ts'
import { waitUntil } from './processes.ts'

/**
 * Holds DATA_DIR for this process until it is disposed of or dies. An SQLite file is locked for it: that is a lock of
 * the kernel, which a kill -9 releases, which holds between containers on one volume, and which Node has on board.
 */
export async function lockDataDir(home: string, dataDir: string): Promise<Disposable> {
  const database = new DatabaseSync(join(home, 'lock'), { timeout: 0 })
  try {
    // A process that was killed a moment ago may not be quite dead.
    if (await waitUntil(() => tryLock(database), 2_000)) return { [Symbol.dispose]: () => database.close() }
  } catch (error) {
    database.close()
    throw error
  }
  database.close()
  throw new PostgresError(
    `Another Foyer is running on DATA_DIR ${dataDir}: stop it first, or give this one a DATA_DIR of its own. To run several processes on one database, set DATABASE_URL.`,
  )
}

/** Takes the lock unless another has it. */
function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if ((error as { errcode?: number }).errcode === sqliteBusy) return false
    throw error
  }
}

const sqliteBusy = 5
