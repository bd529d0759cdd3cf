import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PostgresError } from './explain.ts'

/**
 * Holds DATA_DIR for this process until it is disposed of or dies. An SQLite file is locked for it: that is a lock of
 * the kernel, which a kill -9 releases, which holds between containers on one volume, and which Node has on board.
 */
export function lockDataDir(home: string, dataDir: string): Disposable {
  const database = new DatabaseSync(join(home, 'lock'), { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode !== sqliteBusy) throw error
    throw new PostgresError(
      `Another Foyer is running on DATA_DIR ${dataDir}: stop it first, or give this one a DATA_DIR of its own. To run several processes on one database, set DATABASE_URL.`,
    )
  }
  return { [Symbol.dispose]: () => database.close() }
}

const sqliteBusy = 5
