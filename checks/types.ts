import type { Check } from './check.ts'
import { runProgram } from './program.ts'

const projects = ['tsconfig.json', 'web/tsconfig.json', 'messenger/tsconfig.json']
/** Where the compiler keeps what it knows of files that have not changed, for the next time. */
const known = 'node_modules/.cache/types'

export const types: Check = {
  name: 'types',
  why: 'Node strips types without reading them: only the compiler says whether they hold.',
  waits: true,
  async run() {
    const problems: string[] = []
    for (const project of projects) {
      const kept = ['--incremental', '--tsBuildInfoFile', `${known}/${project.replace('/', '-')}`]
      const { code, text } = await runProgram([
        'node_modules/.bin/tsc',
        '-p',
        project,
        '--pretty',
        'false',
        ...kept,
      ])
      if (code === 0) continue
      const lines = text.split('\n').filter((line) => /error TS\d+/.test(line))
      problems.push(...(lines.length > 0 ? lines : [text.slice(-2000)]))
    }
    return problems
  },
}
