import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { table } from '../stage/figures.ts'

/*
 * A check that never says no proves nothing. Each mutation breaks one promise in a copy of the product; the fault that
 * is there to find it must find it.
 */

type Mutation = { name: string; breaks: string; found: { by: string[]; as: string[] } }

const mutations: readonly Mutation[] = [
  {
    name: 'm1',
    breaks: 'commits are acknowledged before they are on the disk',
    found: { by: ['--only', 'F5', '--size', 'small'], as: ['lost'] },
  },
  {
    name: 'm2',
    breaks: 'nothing keeps an id from being used twice',
    found: { by: ['--only', 'F3', '--size', 'test', '--cuts', '60'], as: ['double'] },
  },
  {
    name: 'm3',
    breaks: 'catching up passes numbers it has not seen',
    found: { by: ['--only', 'F19', '--size', 'test'], as: ['lost', 'gap'] },
  },
  {
    name: 'm11',
    breaks: 'clients apply packets without asking what lies between',
    found: { by: ['--only', 'F3', '--size', 'test', '--cuts', '200'], as: ['lost', 'gap'] },
  },
]

const root = fileURLToPath(new URL('../../', import.meta.url))
const only = process.argv.slice(2)
const rows: string[][] = []
let missed = 0

for (const mutation of mutations) {
  if (only.length > 0 && !only.includes(mutation.name)) continue
  const folder = mkdtempSync(join(tmpdir(), `foyer-${mutation.name}-`))
  try {
    copyTree(folder)
    execFileSync('patch', ['-p1', '--no-backup-if-mismatch'], {
      cwd: folder,
      input: readFileSync(new URL(`${mutation.name}.patch`, import.meta.url)),
      stdio: ['pipe', 'ignore', 'inherit'],
    })
    const printed = await runFaults(folder, mutation.found.by)
    const kinds = [...printed.matchAll(/VIOLATIONS: (.*)/g)].map(([, kinds]) => kinds ?? '').join(', ')
    const isFound = mutation.found.as.some((kind) => new RegExp(`\\b${kind} \\d`).test(kinds))
    if (!isFound) {
      missed++
      process.stderr.write(`\n${mutation.name} was not found:\n${printed}\n`)
    }
    const by = mutation.found.by[1] ?? ''
    rows.push([mutation.name.toUpperCase(), mutation.breaks, by, isFound ? 'found' : 'MISSED', kinds])
    process.stdout.write(`${mutation.name}: ${isFound ? 'found' : 'MISSED'}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
process.stdout.write(`\n${table(['mutation', 'what it breaks', 'fault', 'outcome', 'violations'], rows)}\n`)
process.exit(missed > 0 ? 1 : 0)

/** All files of the tree, with links to the installed packages and to the copy's own parts. */
function copyTree(folder: string): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  for (const file of listed.split('\0').filter(Boolean)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    cpSync(join(root, file), join(folder, file), { force: true, errorOnExist: false })
  }
  for (const built of ['web/dist', 'messenger/dist'])
    cpSync(join(root, built), join(folder, built), { recursive: true })
  const packages = join(folder, 'node_modules')
  mkdirSync(packages)
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@foyer') symlinkSync(join(root, 'node_modules', name), join(packages, name))
  }
  // Parts of the house are found through this folder: they must be the copy's.
  mkdirSync(join(packages, '@foyer'))
  for (const part of readdirSync(join(root, 'node_modules/@foyer')))
    symlinkSync(join('../..', part), join(packages, '@foyer', part))
  symlinkSync(join(root, 'messenger/node_modules'), join(folder, 'messenger/node_modules'))
}

async function runFaults(folder: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, ['bench/faults/run.ts', '--seed', '1', ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const keep = (chunk: Buffer) => {
    printed += chunk
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  await once(child, 'close')
  return printed
}
