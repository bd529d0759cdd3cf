import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Address, socketLock, urlOf } from './address.ts'
import { canConnect } from './database.ts'
import type { Home, Passwords } from './home.ts'
import { isOfCluster, processesOf, signal, waitUntil } from './processes.ts'
import { adoptServer, type Log, type Postmaster, readPostmaster, type Server } from './server-process.ts'

/**
 * Settles what an earlier process left behind when it was killed. A server that lives and answers is taken over; one
 * that is shutting down is waited for; one that does not answer is stopped; lock files whose process is gone (or is a
 * zombie, or has its number by chance) are removed.
 */
export async function settleLeftover(given: {
  home: Home
  mark: string
  passwords: Passwords
  log: Log
}): Promise<{ server: Server; address: Address } | null> {
  const { home, mark, passwords, log } = given
  let found: { server: Server; address: Address } | null = null
  const settled = await waitUntil(async () => {
    const postmaster = await readPostmaster(home.data)
    if (!postmaster || !(await isOfCluster(postmaster.pid, mark))) {
      return (await processesOf(mark)).length === 0
    }
    const address = addressOf(postmaster, home)
    if (
      !(await canConnect(
        urlOf(address, { role: 'postgres', password: passwords.postgres, database: 'postgres' }),
      ))
    ) {
      return false
    }
    found = { server: adoptServer(postmaster.pid, mark), address }
    return true
  }, 5_000)
  if (found) return found
  if (!settled) await endRest(home, mark, log)
  await removeLocks(home)
  return null
}

async function endRest(home: Home, mark: string, log: Log): Promise<void> {
  const postmaster = await readPostmaster(home.data)
  if (postmaster && (await isOfCluster(postmaster.pid, mark))) {
    log('A PostgreSQL of an earlier start is running and does not answer; it is stopped.')
    await adoptServer(postmaster.pid, mark).stop()
  }
  // Sessions that outlived their server: with it gone they can commit nothing more.
  for (const pid of await processesOf(mark)) signal(pid, 'SIGKILL')
  await waitUntil(async () => (await processesOf(mark)).length === 0, 5_000)
}

/** PostgreSQL believes in a lock file as long as any process has its number, be it a zombie or a stranger. */
async function removeLocks(home: Home): Promise<void> {
  const postmaster = await readPostmaster(home.data)
  if (postmaster?.socketFolder)
    await rm(socketLock(resolve(home.data, postmaster.socketFolder)), { force: true })
  await rm(socketLock(home.data), { force: true })
  await rm(join(home.data, 'postmaster.pid'), { force: true })
}

/** Where a server that runs is reached. */
export function addressOf(postmaster: Postmaster, home: Home): Address {
  if (postmaster.socketFolder === '') return { kind: 'port', port: postmaster.port }
  return { kind: 'socket', folder: resolve(home.data, postmaster.socketFolder) }
}
