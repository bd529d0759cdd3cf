import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { table } from '../stage/figures.ts'
import { describeMachine, machineLine } from '../stage/machine.ts'
import { readOptions } from '../stage/options.ts'
import { createRandom } from '../stage/random.ts'
import { frames } from './a01-frames.ts'
import { configuration } from './a02-configuration.ts'
import { unread } from './a03-unread.ts'
import { guesses } from './a04-guesses.ts'
import { slowLine } from './a05-slow-line.ts'
import { messages } from './a08-messages.ts'
import { check, type Verdict } from './checker.ts'
import { kill } from './f01-kill.ts'
import { twins } from './f02-twins.ts'
import { lostAnswers } from './f03-lost-answers.ts'
import { killedClients } from './f04-killed-clients.ts'
import { database } from './f05-database.ts'
import { cuts } from './f08-cuts.ts'
import { slowReader } from './f12-slow-reader.ts'
import { storm } from './f13-storm.ts'
import { clocks } from './f18-clocks.ts'
import { twoProcesses } from './f19-two-processes.ts'
import { outOfReach } from './f20-out-of-reach.ts'
import { jobs } from './f23-jobs.ts'
import { uploads } from './f25-uploads.ts'
import { slots } from './f28-slots.ts'
import { chaos } from './f99-chaos.ts'
import type { Violation } from './facts.ts'
import type { Fault, Run } from './fault.ts'
import { createRecorder } from './history.ts'

const faults: readonly Fault[] = [
  kill,
  twins,
  lostAnswers,
  killedClients,
  database,
  cuts,
  slowReader,
  storm,
  clocks,
  twoProcesses,
  outOfReach,
  jobs,
  uploads,
  slots,
  configuration,
  guesses,
  messages,
  chaos,
  frames,
  unread,
  slowLine,
]
const options = readOptions(
  process.argv.slice(2),
  faults.map((fault) => fault.name),
)
const machine = describeMachine()
const folder = await mkdtemp(join(tmpdir(), 'foyer-faults-'))

type Outcome = {
  name: string
  title: string
  seconds: number
  verdict: Verdict
  violations: Violation[]
  figures: Record<string, number | string>
  history: string
}

const outcomes: Outcome[] = []
say(`Faults, size ${options.size}, seed ${options.seed}. ${machineLine(machine)}.`)
for (const fault of faults) {
  if (options.only && !options.only.has(fault.name)) continue
  say(`\n${fault.name} ${fault.title} …`)
  const outcome = await play(fault)
  outcomes.push(outcome)
  for (const [name, value] of Object.entries(outcome.figures)) say(`   ${name}: ${value}`)
  const { counts, ack, seen, shown } = outcome.verdict
  say(
    `   ${counts.sent} sent, ${counts.acknowledged} acknowledged, ${counts.refused} refused, ` +
      `${counts.unknownAnswers} answers unknown; acknowledged p50 ${ack.p50} p99 ${ack.p99} max ${ack.max} ms; ` +
      `shown to others p50 ${seen.p50} p99 ${seen.p99} max ${seen.max} ms after writing, ` +
      `p99 ${shown.p99} max ${shown.max} ms after the acknowledgement`,
  )
  say(
    `   ${outcome.violations.length === 0 ? 'no violation' : `${outcome.violations.length} VIOLATIONS: ${kindsOf(outcome.violations)}`}`,
  )
  for (const violation of outcome.violations.slice(0, 12)) say(`   ${violation.check}: ${violation.detail}`)
  if (outcome.violations.length > 0) say(`   history: ${outcome.history}`)
}
await writeReport()
const isClean = outcomes.every((outcome) => outcome.violations.length === 0)
// A history is kept for whoever looks for the reason.
if (isClean) await rm(folder, { recursive: true, force: true })
// Clients that are still counting down to an attempt are of no interest any more.
process.exit(outcomes.some(({ violations }) => violations.some(isJudged)) ? 1 : 0)

/** Among other tests, on a machine that does other things, times are told and not judged; the larger sizes judge them. */
function isJudged({ check }: Violation): boolean {
  return options.size !== 'test' || (check !== 'slow' && check !== 'stale')
}

async function play(fault: Fault): Promise<Outcome> {
  const recorder = createRecorder()
  const figures: Record<string, number | string> = {}
  const violations: Violation[] = []
  const run: Run = {
    options,
    random: createRandom(options.seed + Number(fault.name.slice(1))),
    recorder,
    check: { staleMs: 5_000 },
    figure(name, value) {
      figures[name in figures ? `${name} (again)` : name] = value
    },
    limit(name, value, atMost) {
      figures[`${name} (at most ${atMost})`] = value
      if (!(value <= atMost))
        violations.push({ check: 'slow', detail: `${name}: ${value}, promised ${atMost}` })
    },
    violate: (violation) => void violations.push(violation),
    begin: (what) => recorder.record({ op: 'fault', phase: 'begin', t: recorder.now(), what }),
    end: (what) => recorder.record({ op: 'fault', phase: 'end', t: recorder.now(), what }),
  }
  const began = performance.now()
  try {
    await fault.run(run)
  } catch (error) {
    violations.push({ check: 'unsettled', detail: `the run broke off: ${(error as Error).stack ?? error}` })
  }
  const verdict = check(recorder.events, run.check)
  const history = join(folder, `${fault.name}.jsonl`)
  await recorder.save(history)
  return {
    name: fault.name,
    title: fault.title,
    seconds: Math.round((performance.now() - began) / 1000),
    verdict,
    violations: [...violations, ...verdict.violations],
    figures,
    history,
  }
}

async function writeReport(): Promise<void> {
  const count = (outcome: Outcome, ...names: Violation['check'][]) =>
    String(outcome.violations.filter((violation) => names.includes(violation.check)).length)
  const summary = table(
    [
      'fault',
      'sent',
      'unknown',
      'lost',
      'doubled',
      'out of order',
      'gaps',
      'other',
      'ack p99 ms',
      'seen p50 / p99 ms',
      's',
    ],
    outcomes.map((outcome) => [
      `${outcome.name} ${outcome.title}`,
      String(outcome.verdict.counts.sent),
      String(outcome.verdict.counts.unknownAnswers),
      count(outcome, 'lost', 'unsettled'),
      count(outcome, 'double', 'phantom'),
      count(outcome, 'order'),
      count(outcome, 'gap'),
      count(outcome, 'stale', 'status', 'owner', 'visibility', 'limit'),
      String(outcome.verdict.ack.p99),
      `${outcome.verdict.seen.p50} / ${outcome.verdict.seen.p99}`,
      String(outcome.seconds),
    ]),
  )
  say(`\n${summary}`)
  if (options.size === 'test' || options.only) return
  const figures = outcomes.map(
    (outcome) =>
      `## ${outcome.name} ${outcome.title}\n\n${Object.entries(outcome.figures)
        .map(([name, value]) => `- ${name}: ${value}`)
        .join('\n')}\n${violationLines(outcome.violations)}`,
  )
  const reports = new URL('../reports/', import.meta.url)
  await mkdir(reports, { recursive: true })
  const text = `# Faults, size ${options.size}

${machine.date}, seed ${options.seed}. ${machineLine(machine)}.

Everything acknowledged was looked for in the database, over the API, and in what every client showed in the end.
"Unknown" are requests whose answer was lost on the way and that were sent again with the same id.

${summary}

${figures.join('\n')}`
  await writeFile(new URL(`faults-${options.size}.md`, reports), text)
  const brief = outcomes.map((outcome) => ({
    ...outcome,
    verdict: { ...outcome.verdict, violations: outcome.verdict.violations.length },
    violations: outcome.violations.slice(0, 100),
  }))
  const data = { machine, seed: options.seed, size: options.size, outcomes: brief }
  await writeFile(new URL(`faults-${options.size}.json`, reports), `${JSON.stringify(data, null, 1)}\n`)
}

/** How many of each kind. */
function kindsOf(violations: readonly Violation[]): string {
  return [...Map.groupBy(violations, ({ check }) => check)]
    .map(([kind, of]) => `${kind} ${of.length}`)
    .join(', ')
}

/** The first of them; the history has all. */
function violationLines(violations: readonly Violation[]): string {
  const lines = violations.slice(0, 20).map(({ check, detail }) => `- **${check}**: ${detail}\n`)
  const more = violations.length - lines.length
  return lines.join('') + (more > 0 ? `- and ${more} more\n` : '')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
