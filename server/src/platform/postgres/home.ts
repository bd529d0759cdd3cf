import { randomBytes } from 'node:crypto'
import {
  access,
  chmod,
  chown,
  constants,
  lchown,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
} from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { explain, PostgresError } from './explain.ts'

/**
 * The folder `DATA_DIR/postgres`: the cluster in `data`, the passwords, the lock. For root the folder itself stays
 * root's, and only `data` belongs to the user under whom PostgreSQL runs.
 */
export type Home = { dataDir: string; path: string; data: string }

/** The password of each role; the superuser's is used by the launcher alone. */
export type Passwords = { postgres: string; foyer_owner: string }

/** Makes the folder, readable to nobody else. */
export async function prepareHome(givenDataDir: string): Promise<Home> {
  const dataDir = resolve(givenDataDir)
  const path = join(dataDir, 'postgres')
  try {
    await makeFolder(path)
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new PostgresError(explain(String(error), dataDir), { cause: error })
  }
  return { dataDir, path, data: join(path, 'data') }
}

/**
 * Makes a private folder and those above it that are missing, one by one: Node's own way says of a read-only disk that
 * something is missing, and on some file systems never comes back.
 */
async function makeFolder(path: string): Promise<void> {
  const make = () => mkdir(path, { mode: 0o700 }).catch(unlessThere)
  try {
    await make()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await make()
  }
}

/** Whether a complete cluster is there: it gets its name only when initdb has finished. */
export async function hasCluster(home: Home): Promise<boolean> {
  const found = await stat(join(home.data, 'PG_VERSION')).catch(unlessMissing)
  return found !== null
}

/** The passwords of this cluster, drawn at the first start. */
export async function passwordsOf(home: Home): Promise<Passwords> {
  const file = join(home.path, 'password')
  const written = await readFile(file, 'utf8').catch(unlessMissing)
  if (written !== null) return JSON.parse(written) as Passwords
  if (await hasCluster(home)) {
    throw new PostgresError(
      `${file} is missing, without which the database in DATA_DIR ${home.dataDir} cannot be opened: restore it from a backup of DATA_DIR.`,
    )
  }
  const passwords: Passwords = { postgres: draw(), foyer_owner: draw() }
  await writeSafely(file, JSON.stringify(passwords))
  return passwords
}

/**
 * Gives a cluster that belongs to root back to the user under whom PostgreSQL runs: so it lies there after a backup was
 * unpacked or copied back by root.
 */
export async function repairOwnership(home: Home, user: { uid: number; gid: number } | null): Promise<void> {
  if (!user || (await stat(home.data)).uid !== 0) return
  const entries = await readdir(home.data, { recursive: true })
  for (const entry of entries) await lchown(join(home.data, entry), user.uid, user.gid)
  // The folder last: its owner says that all within it is done.
  await chmod(home.data, 0o700)
  await chown(home.data, user.uid, user.gid)
}

/** Gives `path` to the user under whom PostgreSQL runs, if that is another than ourselves. */
export async function handOver(path: string, user: { uid: number; gid: number } | null): Promise<void> {
  if (user) await chown(path, user.uid, user.gid)
}

/** Writes a private file whole or not at all. */
export async function writeSafely(file: string, text: string): Promise<void> {
  await rm(`${file}.new`, { force: true })
  {
    await using handle = await open(`${file}.new`, 'wx', 0o600)
    await handle.writeFile(text)
    await handle.sync()
  }
  await rename(`${file}.new`, file)
}

function draw(): string {
  return randomBytes(24).toString('base64url')
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
