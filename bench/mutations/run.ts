import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { table } from '../stage/figures.ts'

/*
 * A check that never says no proves nothing. Each mutation breaks one promise in a copy of the product; the fault that
 * is there to find it must find it.
 */

type Mutation = {
  name: string
  breaks: string
  /** By faults, as violations of one of these kinds; or by a file of tests, one of which fails. */
  found: { by: string[]; as: string[] } | { tests: string }
}

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
    name: 'm4',
    breaks: 'whether an id was used is looked up, and nothing holds it until it is',
    found: { by: ['--only', 'F2', '--size', 'test'], as: ['double'] },
  },
  {
    name: 'm8',
    breaks: 'what keeps a connection alive is measured by the clock on the wall',
    found: { by: ['--only', 'F18', '--size', 'small'], as: ['status'] },
  },
  {
    name: 'm9',
    breaks: 'a slot is taken on a look that nothing holds',
    found: { by: ['--only', 'F28', '--size', 'small'], as: ['owner'] },
  },
  {
    name: 'm10',
    breaks: 'a worker that wakes up finishes what is somebody else’s by now',
    found: { by: ['--only', 'F23', '--size', 'test'], as: ['double', 'owner'] },
  },
  {
    name: 'm12',
    breaks: 'rights are looked at when a socket is opened and never again',
    found: { tests: 'server/src/slices/live/socket.test.ts' },
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
    const { printed, isFound, by, kinds } = await look(folder, mutation.found)
    if (!isFound) {
      missed++
      process.stderr.write(`\n${mutation.name} was not found:\n${printed}\n`)
    }
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

async function look(folder: string, found: Mutation['found']) {
  if ('tests' in found) {
    const printed = await run(folder, ['node_modules/vitest/vitest.mjs', 'run', found.tests])
    const failed = /Tests\D+(\d+) failed/.exec(stripVTControlCharacters(printed))?.[1]
    return { printed, isFound: failed !== undefined, by: found.tests, kinds: `${failed ?? 0} tests failed` }
  }
  const printed = await run(folder, ['bench/faults/run.ts', '--seed', '1', ...found.by])
  const kinds = [...printed.matchAll(/VIOLATIONS: (.*)/g)].map(([, kinds]) => kinds ?? '').join(', ')
  const isFound = found.as.some((kind) => new RegExp(`\\b${kind} \\d`).test(kinds))
  return { printed, isFound, by: found.by[1] ?? '', kinds }
}

async function run(folder: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, {
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
