import type { Check } from './check.ts'
import { runProgram } from './program.ts'

export const format: Check = {
  name: 'format',
  why: 'One form for all code, so that differences mean something. `npm run format` mends most of it.',
  waits: true,
  async run() {
    const result = await runProgram([
      'node_modules/.bin/biome',
      'ci',
      '--colors=off',
      '--reporter=github',
      '.',
    ])
    if (result.code === 0) return []
    const said = result.text.split('\n').filter((line) => line.startsWith('::'))
    const problems = said.map((line) =>
      line.replace(/^::\w+ title=([^,]*),file=([^,]*),line=(\d+).*?::/, '$2:$3 $1: '),
    )
    return problems.length > 0 ? problems : [result.text.slice(-2000)]
  },
}
