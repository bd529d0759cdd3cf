import type { Check } from './check.ts'
import { isOfTests, read, sourceFiles } from './files.ts'

/** The one place that asks the machine for its time. */
const place = 'client/clock.ts'

export const clocks: Check = {
  name: 'clocks',
  why: 'A machine’s clock may be wrong by hours: what browsers show goes by serverNow(), what passes by elapsed() (client/clock.ts).',
  async run() {
    return sourceFiles()
      .filter((file) => /^(web|messenger|client)\//.test(file) && file !== place && !isOfTests(file))
      .flatMap((file) => asking(file, read(file)))
  },
}

const asks =
  /\bDate\.now\b|\bnew Date(\(\s*\)|(?=\s*[;,)\]}]|$))|(?<![.\w])(?<!new )Date\(\)|\.format\(\)|\bTemporal\.Now\b/

/** Where a source asks the machine for its time. */
export function asking(file: string, source: string): string[] {
  return source
    .split('\n')
    .flatMap((line, index) =>
      asks.test(line.replace(/\/\/.*/, '')) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
    )
}
