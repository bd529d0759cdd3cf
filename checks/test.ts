import { mkdirSync, rmSync } from 'node:fs'
import { resultsFile, runBrowserTests } from '../e2e/run.ts'
import { startOwnPostgres } from '../server/src/testing/own-postgres.ts'
import { parts } from '../vitest.config.ts'
import { root } from './files.ts'
import { runProgram } from './program.ts'
import { type Counts, countReport, failuresIn, readReport, sum } from './results.ts'

/** A part of all that must hold. `counts`: of tests; checks are not counted as such. */
type Stage = { title: string; run(): Promise<{ isGood: boolean; counts: Counts | null }> }

const reports = [resultsFile('one'), resultsFile('many')]
const report = `${root}tmp/vitest.json`
const ownReport = `${root}tmp/vitest-own.json`

const vitest = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run']
const reportTo = (file: string) => ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]

const checks: Stage = {
  title: 'Checks',
  async run() {
    const { code } = await runProgram([process.execPath, 'checks/run.ts'], { show: true })
    return { isGood: code === 0, counts: null }
  },
}

const withPostgres: Stage = {
  title: 'Tests, with PostgreSQL',
  async run() {
    const { code } = await runProgram([...vitest, ...reportTo(report)], { show: true })
    return { isGood: code === 0, counts: countReport(readReport(report)) }
  },
}

/** The oldest PostgreSQL we serve, under an owner who is no superuser, for what speaks to the database. */
const withOwnPostgres: Stage = {
  title: 'Tests on one’s own PostgreSQL',
  async run() {
    // What tests write may be lost.
    process.env.FOYER_TEST_FSYNC ??= 'off'
    await using postgres = await startOwnPostgres()
    if (!postgres) {
      process.stdout.write('Debian’s PostgreSQL 15 is not installed here: apt-get install postgresql-15\n')
      return { isGood: process.env.CI === undefined, counts: null }
    }
    const where = ['server/src/slices', 'server/src/platform/db', 'server/src/platform/jobs']
    const { code } = await runProgram([...vitest, '--project', 'server', ...reportTo(ownReport), ...where], {
      show: true,
      env: { TEST_DATABASE_URL: postgres.url },
    })
    return { isGood: code === 0, counts: countReport(readReport(ownReport)) }
  },
}

const inBrowser: Stage = {
  title: 'Tests in a browser',
  async run() {
    const isGood = await runBrowserTests([])
    return { isGood, counts: sum(reports.map(readReport).map(countReport)) }
  },
}

/** One after another: at once, those with a database took as long, and waited for each other past their limits. */
const stages: readonly Stage[] = [checks, withPostgres, withOwnPostgres, inBrowser]

function heading(title: string): string {
  return `\n── ${title} ${'─'.repeat(Math.max(0, 70 - title.length))}\n\n`
}

/** What a developer names between changes: parts of the house, files or folders, options of the tests' runner. */
const named = process.argv.slice(2)
if (named.length > 0) process.exit(await runNamed())

async function runNamed(): Promise<number> {
  const args = named.flatMap((name) => (parts.includes(name) ? ['--project', name] : [name]))
  return (await runProgram([...vitest, ...args], { show: true })).code
}

mkdirSync(`${root}tmp`, { recursive: true })
// What an earlier run left must not be counted.
for (const file of [report, ownReport, ...reports]) rmSync(file, { force: true })

const summary: string[] = []
const counted: Counts[] = []
let isGood = true
for (const stage of stages) {
  process.stdout.write(heading(stage.title))
  summary.push(await runStage(stage))
}

/** Runs a stage and answers its line of the summary. */
async function runStage(stage: Stage): Promise<string> {
  const began = performance.now()
  const result = await stage.run()
  if (result.counts) counted.push(result.counts)
  const { passed = 0, failed = 0 } = result.counts ?? {}
  const stageIsGood = result.isGood && failed === 0
  isGood &&= stageIsGood
  const seconds = Math.round((performance.now() - began) / 1000)
  const numbers = result.counts ? `${passed} passed, ${failed} failed` : ''
  const outcome = stageIsGood ? 'good' : 'FAILED'
  return `${stage.title.padEnd(30)} ${outcome.padEnd(7)} ${String(seconds).padStart(4)} s  ${numbers}`.trimEnd()
}

const all = sum(counted)
// Named at the end, where whoever looks at a long run begins to read.
const failures = [report, ownReport, ...reports].map(readReport).flatMap(failuresIn)
if (failures.length > 0)
  process.stdout.write(`${heading('Failed')}${failures.join('\n\n').replaceAll(root, '')}\n`)
process.stdout.write(`${heading('Summary')}${summary.join('\n')}\n\n`)
process.exitCode = isGood ? 0 : 1
process.stdout.write(`${all.passed} passed, ${all.failed} failed\n`)
