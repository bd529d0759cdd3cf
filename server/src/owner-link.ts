import { type Config, ConfigError, readConfig } from './platform/config.ts'
import { openDatabase } from './platform/db/database.ts'
import { DatabaseRefused, migrate } from './platform/db/migrate.ts'
import { lookInto } from './platform/postgres/running.ts'
import { PostgresError, startPostgres } from './platform/postgres/start.ts'
import { makeOwnerLinks } from './slices/accounts/actions.ts'

/** Prints a link by which the owner sets a new password, whether the server runs or not: for who has the machine in hand. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  await using reached = await reach(config)
  await migrate(reached.url, { allowUnsafe: config.allowUnsafeDatabase })
  const database = openDatabase({ url: reached.url, size: 2, onIdleError: () => undefined })
  try {
    const links = await makeOwnerLinks(database)
    if (links.length === 0)
      return say('Nobody has set this installation up yet: start it, and open the link that it prints.')
    const origin = config.publicUrl ?? `http://localhost:${config.port}`
    for (const { organizationName, name, email, token } of links) {
      say(`For ${name} (${email}), the owner of ${organizationName}; works once, within an hour:`)
      say(`${origin}/new-password#${token}`)
    }
  } finally {
    await database.close()
  }
}

/** The database: one of the administrator's own, ours while it is served, or ours started for this moment. */
async function reach(config: Config): Promise<{ url: string } & AsyncDisposable> {
  const asItIs = (url: string) => ({ url, [Symbol.asyncDispose]: async () => undefined })
  if (config.databaseUrl) return asItIs(config.databaseUrl)
  const found = await lookInto(config.dataDir)
  if (found === 'nothing')
    throw new PostgresError(
      `There is no database in DATA_DIR ${config.dataDir}: run this where the server runs, with the same settings.`,
    )
  if (found !== 'resting') return asItIs(found.url)
  return startPostgres({ dataDir: config.dataDir, log: () => undefined })
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

try {
  await main()
  process.exit(0)
} catch (error) {
  const isExplained =
    error instanceof ConfigError || error instanceof DatabaseRefused || error instanceof PostgresError
  if (!isExplained) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
