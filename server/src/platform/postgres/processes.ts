import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * A word in the command line of every process of a cluster, by which they are told from strangers that were given the
 * same number. It comes from the folder's inode: a copy of DATA_DIR is another cluster, a moved one is the same.
 */
export async function markOf(data: string): Promise<string> {
  const { dev, ino } = await stat(data, { bigint: true })
  return `foyer-${dev.toString(36)}-${ino.toString(36)}`
}

/** Whether `pid` lives and belongs to the cluster. A zombie that nobody has reaped does not live. */
export async function isOfCluster(pid: number, mark: string): Promise<boolean> {
  if (process.platform === 'linux') return belongs(await commandOf(pid), mark)
  return (await processesOf(mark)).includes(pid)
}

/** All living processes of a cluster: without the postmaster, sessions of a server that was killed. */
export async function processesOf(mark: string): Promise<number[]> {
  return (await processes()).filter(({ command }) => belongs(command, mark)).map(({ pid }) => pid)
}

/** Waits until `isOver`, at most `milliseconds`; says whether it came to be. */
export async function waitUntil(
  isOver: () => boolean | Promise<boolean>,
  milliseconds: number,
): Promise<boolean> {
  const end = performance.now() + milliseconds
  while (!(await isOver())) {
    if (performance.now() >= end) return false
    await sleep(10)
  }
  return true
}

/** Sends a signal to a process that may have ended meanwhile. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function belongs(command: string, mark: string): boolean {
  // Not everything that names the mark is the server: somebody may be looking for it with grep.
  return command.includes(mark) && /(^|\/)(postgres|setpriv)[\s:\0]/.test(command)
}

async function processes(): Promise<{ pid: number; command: string }[]> {
  if (process.platform !== 'linux') return listedByPs()
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  return Promise.all(numbers.map(async (pid) => ({ pid, command: await commandOf(pid) })))
}

/** Empty for a zombie and for a process that is gone. */
function commandOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
}

async function listedByPs(): Promise<{ pid: number; command: string }[]> {
  const { stdout } = await run('ps', ['-axww', '-o', 'pid=,stat=,command='])
  return stdout.split('\n').flatMap((line) => {
    const [, pid, state, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    return pid && state && command && !state.startsWith('Z') ? [{ pid: Number(pid), command }] : []
  })
}
