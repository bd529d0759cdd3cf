import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('./', import.meta.url))

type Part = {
  name: string
  /** What it is made from. */
  sources: readonly string[]
  dist: string
  command: readonly string[]
}

const shared = ['client', 'contract', 'emoji-data.ts', 'package-lock.json']
const parts: readonly Part[] = [
  {
    name: 'Message Center',
    sources: ['web/src', 'web/index.html', 'web/vite.config.ts', 'web/no-schemas.ts', 'locales', ...shared],
    dist: 'web/dist',
    command: ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'],
  },
  {
    name: 'messenger',
    sources: ['messenger/src', 'messenger/build.ts', 'messenger/weight.ts', 'locales', ...shared],
    dist: 'messenger/dist',
    command: ['messenger/build.ts'],
  },
]

/** Builds the parts that run in browsers, those whose sources changed since they were last built. */
export async function ensureBuilt(say: (line: string) => void): Promise<void> {
  for (const part of parts) {
    const files = part.sources.flatMap(filesBelow)
    const look = lookOf(files)
    const stamp = `${root}${part.dist}/.built`
    const [builtPrint, builtLook] = (await readFile(stamp, 'utf8').catch(() => '')).split(' ')
    // Every start comes here: only what looks another way is read.
    if (builtLook === look) continue
    const print = printOf(files)
    if (builtPrint === print) {
      // Copied or checked out again. Where we may not write it is read at every start.
      await writeFile(stamp, `${print} ${look}`).catch(() => undefined)
      continue
    }
    say(`Building the ${part.name} …`)
    await run(part.command)
    await writeFile(stamp, `${print} ${look}`)
  }
}

/**
 * Changes with the names, the sizes and the times of the last change of some files. The time of the change itself (ctime),
 * which no program sets: what is written with an old time of modification is seen too.
 */
function lookOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) {
    const { size, ctimeMs, ino } = statSync(root + file)
    hash.update(`${file} ${size} ${ctimeMs} ${ino}\n`)
  }
  return hash.digest('hex')
}

/** Changes with what the files hold. */
function printOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(readFileSync(root + file))
  return hash.digest('hex')
}

/** The files below a path, or the file that it is, tests left out. At once and not by turns, which costs several times that. */
function filesBelow(path: string): string[] {
  if (!statSync(root + path).isDirectory()) return [path]
  return readdirSync(root + path, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.name === 'node_modules' || entry.name.includes('.test.')) return []
      return entry.isDirectory() ? filesBelow(`${path}/${entry.name}`) : [`${path}/${entry.name}`]
    })
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
