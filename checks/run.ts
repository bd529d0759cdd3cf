import { performance } from 'node:perf_hooks'
import { actions } from './actions.ts'
import type { Check } from './check.ts'
import { clocks } from './clocks.ts'
import { development } from './development.ts'
import { documents } from './documents.ts'
import { errors } from './errors.ts'
import { format } from './format.ts'
import { imports } from './imports.ts'
import { openapi } from './openapi.ts'
import { rights } from './rights.ts'
import { rows } from './rows.ts'
import { schema } from './schema.ts'
import { shape } from './shape.ts'
import { sizes } from './sizes.ts'
import { slices } from './slices.ts'
import { translations } from './translations.ts'
import { types } from './types.ts'
import { unused } from './unused.ts'

/** Every check, the quick ones first. */
const checks: readonly Check[] = [
  imports,
  shape,
  slices,
  unused,
  errors,
  translations,
  actions,
  clocks,
  rights,
  rows,
  documents,
  openapi,
  format,
  types,
  schema,
  sizes,
  development,
]

const words = process.argv.slice(2)
const named = words.filter((word) => !word.startsWith('--'))
const unknown = named.filter((name) => !checks.some((check) => check.name === name))
if (unknown.length > 0) {
  process.stderr.write(
    `No such check: ${unknown.join(', ')}. There are ${checks.map(({ name }) => name).join(', ')}.\n`,
  )
  process.exit(1)
}

const chosen = checks.filter(({ name }) => named.length === 0 || named.includes(name))
if (words.includes('--fix')) for (const check of chosen) await check.fix?.()

type Outcome = { check: Check; problems: string[]; seconds: string }

async function run(check: Check): Promise<Outcome> {
  const began = performance.now()
  const problems = await check.run().catch((error: unknown) => [`The check itself failed: ${String(error)}`])
  return { check, problems, seconds: ((performance.now() - began) / 1000).toFixed(1) }
}

/** The checks that wait for other programs are begun first, and the rest is done meanwhile, one after another. */
async function* outcomes(): AsyncGenerator<Outcome> {
  const waiting = chosen.filter((check) => check.waits).map(run)
  for (const check of chosen.filter((each) => !each.waits)) yield await run(check)
  for (const outcome of waiting) yield await outcome
}

let failed = 0
for await (const { check, problems, seconds } of outcomes()) {
  const note = problems.length === 0 ? check.note?.() : undefined
  const mark = problems.length === 0 ? 'ok' : 'FAILED'
  process.stdout.write(`${check.name.padEnd(14)}${mark.padEnd(8)}${seconds} s${note ? `  ${note}` : ''}\n`)
  if (problems.length === 0) continue
  failed++
  process.stdout.write(`  ${check.why}\n${problems.map((problem) => `  - ${problem}\n`).join('')}`)
}
process.exit(failed > 0 ? 1 : 0)
