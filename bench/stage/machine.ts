import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'

/** What a figure has to be read with. */
export type Machine = {
  date: string
  commit: string
  cpu: string
  cores: number
  memoryGb: number
  kernel: string
  node: string
  /** Of the minute before: above nothing, others were using the machine too. */
  load: number
}

export function describeMachine(): Machine {
  return {
    date: new Date().toISOString(),
    commit: read('git', ['rev-parse', '--short', 'HEAD']) || 'unknown',
    cpu: cpuName(),
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    kernel: release(),
    node: process.version,
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  }
}

/** One line of it, for the top of a report. */
export function machineLine(machine: Machine): string {
  const { cpu, cores, memoryGb, kernel, node, load, commit } = machine
  return `${cpu}, ${cores} cores, ${memoryGb} GB, Linux ${kernel}, Node ${node}, load ${load} at the start, commit ${commit}`
}

/** Memory that belongs to some processes, each shared page counted in parts, in bytes. */
export function proportionalMemory(pids: readonly number[]): number {
  let kilobytes = 0
  for (const pid of pids) {
    try {
      const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
      kilobytes += Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0)
    } catch {
      // Ended meanwhile.
    }
  }
  return kilobytes * 1024
}

/** A process and all that descend from it. */
export function familyOf(pid: number): number[] {
  const children = new Map<number, number[]>()
  for (const line of read('ps', ['-eo', 'pid=,ppid=']).split('\n')) {
    const [child, parent] = line.trim().split(/\s+/).map(Number)
    if (child !== undefined && parent !== undefined)
      children.set(parent, [...(children.get(parent) ?? []), child])
  }
  const family = [pid]
  for (const member of family) family.push(...(children.get(member) ?? []))
  return family
}

function cpuName(): string {
  const model = cpus()[0]?.model.trim()
  return model && model !== 'unknown' ? model : process.arch
}

function read(file: string, args: string[]): string {
  try {
    return execFileSync(file, args, {
      encoding: 'utf8',
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}
