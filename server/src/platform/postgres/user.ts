import { execFile, type SpawnOptions } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Under whom PostgreSQL runs. It refuses uid 0, so root hands it to somebody with no rights. */
export type ServerUser = { uid: number; gid: number }

/** A way to start a program so that it runs as the right user and ends when we are killed, as far as the system can. */
export type Wrapper = (
  file: string,
  args: string[],
) => { file: string; args: string[]; options: SpawnOptions }

/**
 * The user for a cluster in `data`: for root the one who owns it already, else nobody; `null` when we are no root and
 * PostgreSQL simply runs as ourselves.
 */
export async function chooseUser(data: string): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null
  const owner = await stat(data).catch(() => null)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return nobody()
}

/** How to start programs as `user`, tried out: with setpriv where it works, else with what Node can do. */
export async function findWrapper(user: ServerUser | null): Promise<Wrapper> {
  const change = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : []
  // SIGINT is PostgreSQL's fast shutdown: after a kill -9 of Node the database closes by itself.
  const end = ['--pdeathsig', 'INT', '--']
  // A right that we were given, say to listen on port 80, is nothing to the database. An old setpriv under a newer
  // kernel cannot name them all.
  const bare = ['--ambient-caps=-all', '--inh-caps=-all']
  for (const options of [
    [...change, ...bare, ...end],
    [...change, ...end],
  ]) {
    const works = await run('setpriv', [...options, 'true']).then(
      () => true,
      () => false,
    )
    if (works) return (file, args) => ({ file: 'setpriv', args: [...options, file, ...args], options: {} })
  }
  return (file, args) => ({ file, args, options: user ?? {} })
}

async function nobody(): Promise<ServerUser> {
  // initdb wants a user with a name, so it is one that exists; systems differ in the number.
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, uid, gid] = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(accounts) ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : { uid: 65534, gid: 65534 }
}
