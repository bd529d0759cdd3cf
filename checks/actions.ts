import type { Check } from './check.ts'
import { filesBelow, read } from './files.ts'

export const actions: Check = {
  name: 'actions',
  why: 'What both sides hold after a change must be what a fresh read gives; the test that requires it names each action.',
  async run() {
    const files = filesBelow('server/src/slices')
    const tests = files.filter((file) => file.endsWith('.test.ts')).map(read)
    return files
      .filter((file) => file.endsWith('/actions.ts'))
      .flatMap((file) => untested(file, read(file), tests))
  },
}

/** Actions of a file that write a conversation's log, by slice or by the statements they use, and that no such test names. */
export function untested(file: string, source: string, tests: readonly string[]): string[] {
  const writes = file.includes('/conversations/') || /from '\.\.\/conversations\/statements\.ts'/.test(source)
  if (!writes) return []
  const synced = tests.filter((text) => /\bexpectSynced\(/.test(text))
  return [...source.matchAll(/^export (?:async )?function (\w+)/gm)]
    .map((match) => match[1] ?? '')
    .filter((name) => !synced.some((text) => new RegExp(`\\b${name}\\b`).test(text)))
    .map((name) => `${file}: no test that calls expectSynced names ${name}`)
}
