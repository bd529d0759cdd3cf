import { randomBytes } from 'node:crypto'
import { migrate } from '../../server/src/platform/db/migrate.ts'
import { startScratchPostgres } from '../../server/src/platform/postgres/scratch.ts'
import { ask, withDatabase } from '../../server/src/testing/global-setup.ts'

export type Cluster = {
  /** The owner's connection string to the cluster. */
  readonly url: string
  /** A migrated database that others are copied from. */
  readonly template: string
}

/** A throw-away PostgreSQL with a migrated template. What tests write may be lost with the machine's power. */
export async function startCluster(): Promise<Cluster & { stop(): Promise<void> }> {
  process.env.FOYER_TEST_FSYNC ??= 'off'
  const scratch = await startScratchPostgres()
  const template = `foyer_e2e_${process.pid}`
  await ask(scratch.url, `create database ${template} encoding 'UTF8' template template0`)
  await migrate(withDatabase(scratch.url, template), { allowUnsafe: true })
  return { url: scratch.url, template, stop: () => scratch.stop() }
}

/** A migrated database of its own; returns its connection string. */
export async function createDatabase({ url, template }: Cluster): Promise<string> {
  const name = `foyer_e2e_${randomBytes(6).toString('hex')}`
  await ask(url, `create database ${name} template ${template}`)
  return withDatabase(url, name)
}
