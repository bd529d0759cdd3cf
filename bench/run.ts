import { mkdir, writeFile } from 'node:fs/promises'
import { bytes } from './measures/bytes.ts'
import { files } from './measures/files.ts'
import { interaction } from './measures/interaction.ts'
import { large } from './measures/large.ts'
import { latency } from './measures/latency.ts'
import type { Bench, Figure, Measure } from './measures/measure.ts'
import { parts } from './measures/parts.ts'
import { presence } from './measures/presence.ts'
import { revoke } from './measures/revoke.ts'
import { routing } from './measures/routing.ts'
import { search } from './measures/search.ts'
import { sends } from './measures/sends.ts'
import { sockets } from './measures/sockets.ts'
import { start } from './measures/start.ts'
import { writing } from './measures/writing.ts'
import { table } from './stage/figures.ts'
import { describeMachine, machineLine } from './stage/machine.ts'
import { readOptions } from './stage/options.ts'
import { createRandom } from './stage/random.ts'

const measures: readonly Measure[] = [
  sends,
  latency,
  sockets,
  start,
  bytes,
  files,
  interaction,
  writing,
  large,
  search,
  routing,
  presence,
  revoke,
  parts,
]
const options = readOptions(
  process.argv.slice(2),
  measures.map((measure) => measure.name),
)
const machine = describeMachine()
const results: { name: string; title: string; seconds: number; figures: Figure[] }[] = []

say(`Benchmarks, size ${options.size}, seed ${options.seed}. ${machineLine(machine)}.`)
for (const measure of measures) {
  if (options.only && !options.only.has(measure.name)) continue
  say(`\n${measure.title} …`)
  const figures: Figure[] = []
  const bench: Bench = {
    options,
    random: createRandom(options.seed),
    tell: (name, value) => void figures.push({ name, value, goal: '', isMet: null }),
    aim(name, value, { atLeast, atMost, unit }) {
      const isMet = (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost)
      const goal = atLeast === undefined ? `≤ ${atMost} ${unit}` : `≥ ${atLeast} ${unit}`
      figures.push({ name, value: `${value} ${unit}`, goal, isMet })
    },
    say: (line) => say(`   ${line}`),
  }
  const began = performance.now()
  try {
    await measure.run(bench)
  } catch (error) {
    say(`   broke off: ${(error as Error).stack ?? error}`)
    figures.push({ name: 'broke off', value: (error as Error).message, goal: '', isMet: false })
  }
  const seconds = Math.round((performance.now() - began) / 1000)
  results.push({ name: measure.name, title: measure.title, seconds, figures })
  say(tableOf(figures))
}
await writeReport()
process.exit(results.some(({ figures }) => figures.some(({ name }) => name === 'broke off')) ? 1 : 0)

function tableOf(figures: readonly Figure[]): string {
  const verdict = (isMet: boolean | null) => (isMet === null ? '' : isMet ? 'met' : 'MISSED')
  return table(
    ['figure', 'value', 'goal', ''],
    figures.map(({ name, value, goal, isMet }) => [name, value, goal, verdict(isMet)]),
  )
}

async function writeReport(): Promise<void> {
  if (options.size === 'test' || options.only) return
  const reports = new URL('reports/', import.meta.url)
  await mkdir(reports, { recursive: true })
  const parts = results.map(
    ({ title, seconds, figures }) =>
      `## ${title.charAt(0).toUpperCase()}${title.slice(1)}\n\n${tableOf(figures)}\n\nTook ${seconds} s.\n`,
  )
  const text = `# Benchmarks, size ${options.size}

${machine.date}, seed ${options.seed}. ${machineLine(machine)}.

The load generator, the server and PostgreSQL share the machine. Absolute figures belong to it; the ratios compare what
was measured in turns within the same minutes.

${parts.join('\n')}`
  await writeFile(new URL(`bench-${options.size}.md`, reports), text)
  const data = { machine, seed: options.seed, size: options.size, results }
  await writeFile(new URL(`bench-${options.size}.json`, reports), `${JSON.stringify(data, null, 1)}\n`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
