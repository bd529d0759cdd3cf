import type { Check } from './check.ts'
import { filesBelow, read } from './files.ts'
import { type Module, modules } from './modules.ts'

export const unused: Check = {
  name: 'unused',
  why: 'What nobody uses is still read, tested and believed: it goes.',
  async run() {
    const texts = filesBelow('')
      .filter((file) => /\.(tsx?|cjs|html)$|package\.json$/.test(file))
      .map((file) => ({ file, text: read(file) }))
    return dead([...modules().values()], (file) => isStartedByName(file, texts))
  },
}

/** Files that nothing reaches, and exports that nothing imports. A type may be spoken of without being imported. */
export function dead(all: readonly Module[], isStarted: (file: string) => boolean): string[] {
  const taken = new Map<string, Set<string>>()
  for (const { file, imports } of all) {
    for (const { target, names } of imports) {
      if (!('file' in target) || target.file === file) continue
      const known = taken.get(target.file) ?? new Set()
      for (const name of names) known.add(name)
      taken.set(target.file, known)
    }
  }
  return all.flatMap(({ file, exports }) => {
    const names = taken.get(file)
    if (!names) return isStarted(file) ? [] : [`${file}: nothing imports it`]
    if (names.has('*') || isForOthers(file)) return []
    return exports
      .filter(({ name, isType, usedHere }) => !names.has(name) && !(isType && usedHere))
      .map(
        ({ name, usedHere }) => `${file}: ${name} is ${usedHere ? 'exported for nobody' : 'used by nobody'}`,
      )
  })
}

/** Whether a tool or a person starts it, or another file names it to start it as a program of its own. */
function isStartedByName(file: string, texts: readonly { file: string; text: string }[]): boolean {
  if (/\.(test|e2e|config)\.tsx?$/.test(file)) return true
  const name = file.split('/').at(-1) ?? file
  return texts.some((other) => other.file !== file && other.text.includes(name))
}

/** The contract is read by strangers too: what it says need not be used here. */
function isForOthers(file: string): boolean {
  return file.startsWith('contract/')
}
