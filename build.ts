import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('./', import.meta.url))

type Part = {
  name: string
  /** What it is made from. */
  sources: readonly string[]
  dist: string
  command: readonly string[]
}

const shared = ['client', 'contract', 'package-lock.json']
const parts: readonly Part[] = [
  {
    name: 'Message Center',
    sources: ['web/src', 'web/index.html', 'web/vite.config.ts', 'web/no-schemas.ts', 'locales', ...shared],
    dist: 'web/dist',
    command: ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'],
  },
  {
    name: 'messenger',
    sources: ['messenger/src', 'messenger/build.ts', 'locales', ...shared],
    dist: 'messenger/dist',
    command: ['messenger/build.ts'],
  },
]

/** Builds the parts that run in browsers, those whose sources changed since they were last built. */
export async function ensureBuilt(say: (line: string) => void): Promise<void> {
  for (const part of parts) {
    const print = await printOf(part.sources)
    const stamp = `${root}${part.dist}/.built`
    if ((await readFile(stamp, 'utf8').catch(() => '')) === print) continue
    say(`Building the ${part.name} …`)
    await run(part.command)
    await writeFile(stamp, print)
  }
}

/** A print of all files below some paths, tests left out. */
async function printOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of await filesBelow(path)) {
      if (!file.includes('.test.')) hash.update(file).update(await readFile(root + file))
    }
  }
  return hash.digest('hex')
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(root + path, { withFileTypes: true, recursive: true }).catch(() => null)
  if (!entries) return [path]
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => `${entry.parentPath.slice(root.length)}/${entry.name}`)
    .sort()
}

function run(command: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      // Whoever builds, tests among them: what is built is what is shipped.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let problems = ''
    child.stderr.on('data', (chunk: Buffer) => {
      problems += chunk
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`The build failed (${command.join(' ')}):\n${problems.slice(-4_000)}`))
    })
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await ensureBuilt((line) => process.stdout.write(`${line}\n`))
