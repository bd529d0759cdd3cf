import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Home, handOver } from './home.ts'
import type { ServerUser } from './user.ts'

/** Where the server is reached: a Unix socket in a private folder, or a port of the loopback interface. */
export type Address = { kind: 'socket'; folder: string } | { kind: 'port'; port: number }

/**
 * The best address for a cluster. A socket is a quarter faster than TCP, but its path must fit into the kernel's
 * address (108 bytes with the closing zero; 104 on macOS): it lies in the cluster, or in a short private folder, or
 * there is none.
 */
export async function chooseAddress(home: Home, user: ServerUser | null): Promise<Address> {
  if (fits(home.data)) return { kind: 'socket', folder: home.data }
  const name = `foyer-${createHash('sha256').update(home.data).digest('hex').slice(0, 16)}`
  for (const base of new Set(['/tmp', tmpdir()])) {
    const folder = join(base, name)
    if (fits(folder) && (await isPrivate(folder, user))) return { kind: 'socket', folder }
  }
  return { kind: 'port', port: await freePort() }
}

/** The settings that make the server listen there. */
export function listenSettings(address: Address, home: Home): Record<string, string> {
  if (address.kind === 'port') {
    return { listen_addresses: '127.0.0.1', port: String(address.port), unix_socket_directories: '' }
  }
  // Relative to the cluster, since under a home of mode 0700 the server could not walk down the whole path.
  const folder = address.folder === home.data ? '.' : `"${address.folder}"`
  return { listen_addresses: '', port: String(socketPort), unix_socket_directories: folder }
}

/** Removes the short folder when the server is gone. */
export async function leaveAddress(address: Address, home: Home): Promise<void> {
  if (address.kind === 'port' || address.folder === home.data) return
  await rm(address.folder, { recursive: true, force: true })
}

/** A connection string that `pg`, `new URL` and libpq all read. */
export function urlOf(address: Address, given: { role: string; password: string; database: string }): string {
  const login = `${given.role}:${encodeURIComponent(given.password)}`
  if (address.kind === 'port') return `postgresql://${login}@127.0.0.1:${address.port}/${given.database}`
  const folder = encodeURIComponent(address.folder)
  return `postgresql://${login}@localhost:${socketPort}/${given.database}?host=${folder}`
}

/** The lock file that PostgreSQL keeps beside its socket. */
export function socketLock(folder: string): string {
  return `${join(folder, socketName)}.lock`
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

// Only part of the socket's name; nothing listens on the port.
const socketPort = 5432
const socketName = `.s.PGSQL.${socketPort}`
const longestSocket = process.platform === 'darwin' ? 103 : 107

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, socketName)) <= longestSocket
}

/** Makes the folder, and trusts one that is there only if nobody else can have a hand in it. */
async function isPrivate(folder: string, user: ServerUser | null): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 })
    await chmod(folder, 0o700)
    await handOver(folder, user)
    return true
  } catch {
    const found = await lstat(folder).catch(() => null)
    const owner = user?.uid ?? process.getuid?.()
    return found?.isDirectory() === true && found.uid === owner && (found.mode & 0o077) === 0
  }
}
