import { setTimeout as sleep } from 'node:timers/promises'
import { type Address, chooseAddress, leaveAddress, listenSettings, urlOf } from './address.ts'
import type { Engine } from './binaries.ts'
import { ensureDatabase } from './database.ts'
import { explain, PostgresError } from './explain.ts'
import { hasCluster, passwordsOf, prepareHome, repairOwnership } from './home.ts'
import { initialiseCluster } from './initialise.ts'
import { settleLeftover } from './leftover.ts'
import { lockDataDir } from './lock.ts'
import { markOf } from './processes.ts'
import { type Log, launchServer, type Server } from './server-process.ts'
import { fixedSettings } from './settings.ts'
import { chooseUser, findWrapper, type Wrapper } from './user.ts'

/** A PostgreSQL of our own and the way into its database. */
export type EmbeddedPostgres = AsyncDisposable & {
  /** Connects as `foyer_owner`, who owns the database `foyer` and is no superuser. */
  url: string
  /** The database was made by this start. */
  fresh: boolean
  /** The server's process; another one after a crash of PostgreSQL, which is started again. */
  readonly pid: number
  /** Stops the server and gives DATA_DIR free. */
  stop(): Promise<void>
}

/** Runs the cluster of a DATA_DIR: makes it when it is missing, takes over or clears away what a crash left. */
export async function runCluster(given: {
  dataDir: string
  log: Log
  findEngine: (wrap: Wrapper, dataDir: string) => Promise<Engine>
  durable: boolean
  ownerRights: string
  extraSettings: Record<string, string>
  /** Told once the server has been called into being, and from then on is only waited for. */
  onLaunched?: () => void
}): Promise<EmbeddedPostgres> {
  const { log, durable, ownerRights, extraSettings } = given
  const home = await prepareHome(given.dataDir)
  await using acquired = new AsyncDisposableStack()
  try {
    acquired.use(await lockDataDir(home.path, home.dataDir))
    const user = await chooseUser(home.data)
    const wrap = await findWrapper(user)
    const engine = await given.findEngine(wrap, home.dataDir)
    const passwords = await passwordsOf(home)
    if (!(await hasCluster(home))) {
      log('Making the database; this happens once.', { dataDir: home.dataDir })
      await initialiseCluster({ home, engine, user, wrap, passwords })
    }
    await repairOwnership(home, user)
    const mark = await markOf(home.data)

    const leftover = await settleLeftover({ home, mark, passwords, log })
    const address = leftover?.address ?? (await chooseAddress(home, user))
    acquired.defer(() => leaveAddress(address, home))
    const settings = {
      ...extraSettings,
      ...fixedSettings({ mark, durable }),
      ...listenSettings(address, home),
    }
    const launch = (onLaunched?: () => void) =>
      launchServer({ home, engine, wrap, settings, log, onLaunched })
    if (leftover) {
      log('Took over the PostgreSQL that an earlier start left running.', { pid: leftover.server.pid })
      given.onLaunched?.()
    }
    const supervised = supervise(leftover?.server ?? (await launch(given.onLaunched)), log, async () => {
      const again = await settleLeftover({ home, mark, passwords, log })
      return again?.server ?? launch()
    })
    acquired.defer(supervised.stop)

    const { superuserUrl, ownerUrl } = urls(address, passwords)
    const ownerPassword = passwords.foyer_owner
    const fresh = await ensureDatabase({ superuserUrl, ownerUrl, ownerPassword, ownerRights })
    const held = acquired.move()
    const stop = () => held.disposeAsync()
    return {
      url: ownerUrl,
      fresh,
      get pid() {
        return supervised.pid()
      },
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    if (error instanceof PostgresError) throw error
    throw new PostgresError(explain(String(error), home.dataDir), { cause: error })
  }
}

function urls(address: Address, passwords: { postgres: string; foyer_owner: string }) {
  return {
    superuserUrl: urlOf(address, { role: 'postgres', password: passwords.postgres, database: 'postgres' }),
    ownerUrl: urlOf(address, { role: 'foyer_owner', password: passwords.foyer_owner, database: 'foyer' }),
  }
}

const shortestPause = 200
const longestPause = 5_000

/** Starts the server again whenever it ends unasked, at the same address, until it is stopped. */
function supervise(first: Server, log: Log, startAgain: () => Promise<Server>) {
  let server = first
  let stopping = false
  const watching = watch()

  async function watch(): Promise<void> {
    for (let pause = shortestPause; ; ) {
      const how = await server.ended
      if (stopping) return
      log('PostgreSQL ended unexpectedly; it is started again.', { severity: 'ERROR', how })
      for (let isUp = false; !isUp; ) {
        await sleep(pause)
        if (stopping) return
        isUp = await startAgain().then(
          (started) => {
            server = started
            return true
          },
          (error) => {
            log('PostgreSQL did not start again.', { severity: 'ERROR', why: String(error) })
            return false
          },
        )
        pause = isUp ? shortestPause : Math.min(pause * 2, longestPause)
      }
    }
  }

  return {
    pid: () => server.pid,
    async stop() {
      stopping = true
      await server.stop()
      await watching
      // A start that was under way has brought another one meanwhile.
      await server.stop()
    },
  }
}
