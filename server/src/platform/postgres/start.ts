import { findEngine } from './binaries.ts'
import { type EmbeddedPostgres, runCluster } from './cluster.ts'
import type { Log } from './server-process.ts'

export type { EmbeddedPostgres } from './cluster.ts'
export { PostgresError } from './explain.ts'

/**
 * Starts the PostgreSQL that comes with us on the cluster in DATA_DIR, which is made at the first start. What can go
 * wrong is thrown as a `PostgresError` with one sentence for the person at the terminal.
 */
export async function startPostgres(options: {
  dataDir: string
  log: Log
  onLaunched?: () => void
}): Promise<EmbeddedPostgres> {
  return runCluster({ ...options, findEngine, durable: true, ownerRights: 'CREATEROLE', extraSettings: {} })
}
