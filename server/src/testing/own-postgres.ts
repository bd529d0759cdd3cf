import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { runScratch, type ScratchPostgres } from '../platform/postgres/scratch.ts'

/**
 * A throw-away cluster of the PostgreSQL that Debian packages: the oldest major version we serve, as its packagers
 * configure it, with an owner who is no superuser. `null` where it is not installed.
 */
export async function startOwnPostgres(): Promise<ScratchPostgres | null> {
  const programs = '/usr/lib/postgresql/15/bin'
  const [initdb, postgres] = [join(programs, 'initdb'), join(programs, 'postgres')]
  const isInstalled = await Promise.all([access(initdb), access(postgres)]).then(
    () => true,
    () => false,
  )
  if (!isInstalled) return null
  return runScratch(async () => ({ initdb, postgres, initdbArguments: ['--locale=C.UTF-8'] }))
}
