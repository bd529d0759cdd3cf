import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Mode } from './world/installation.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const modes: Record<Mode, string> = {
  one: 'all roles in one process',
  many: 'each role in processes of its own, behind one address',
}

/** Where the results of a run are written, as vitest's JSON reporter has them. */
export function resultsFile(mode: Mode): string {
  return `${root}tmp/e2e-${mode}.json`
}

/**
 * Runs the whole suite in a real browser, once for each way of running the server; further arguments go to vitest, such
 * as a file's name. Answers whether everything passed.
 */
export async function runBrowserTests(args: readonly string[]): Promise<boolean> {
  let passed = true
  for (const mode of Object.keys(modes) as Mode[]) {
    process.stdout.write(`\nIn the browser, ${modes[mode]}:\n`)
    passed = (await run(mode, args)) && passed
  }
  return passed
}

function run(mode: Mode, args: readonly string[]): Promise<boolean> {
  const vitest = [`${root}node_modules/vitest/vitest.mjs`, 'run', '--config', 'e2e/vitest.config.ts']
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultsFile(mode)}`]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...vitest, ...report, ...args], {
      cwd: root,
      env: { ...process.env, E2E_MODE: mode },
      stdio: 'inherit',
    })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code === 0))
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = (await runBrowserTests(process.argv.slice(2))) ? 0 : 1
