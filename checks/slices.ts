import type { Check } from './check.ts'
import { filesBelow, isOfTests, read } from './files.ts'

type Listed = { name: string; rights: readonly string[] }

export const slices: Check = {
  name: 'slices',
  why: 'A slice is one folder and one line in slices.ts, and what it says of itself is so.',
  async run() {
    const files = filesBelow('server/src/slices').filter((file) => !isOfTests(file))
    const folders = Map.groupBy(files, (file) => file.split('/')[3] ?? '')
    const sources = new Map([...folders].map(([folder, of]) => [folder, of.map(read).join('\n')]))
    return untrue(await slicesInOrder(), sources)
  },
}

/** What slices.ts lists. Loaded, as the server does: only so it is known what is true of it. */
export async function slicesInOrder(): Promise<readonly Listed[]> {
  const { slices } = await import('../server/src/slices.ts')
  return slices.all
}

/** Where the list and the folders differ, and where a slice demands other rights than it says. */
export function untrue(listed: readonly Listed[], sources: ReadonlyMap<string, string>): string[] {
  const names = listed.map(({ name }) => name)
  return [
    ...[...sources.keys()]
      .filter((folder) => !names.includes(folder))
      .map((folder) => `server/src/slices/${folder} is not in server/src/slices.ts`),
    ...names
      .filter((name, index) => !sources.has(name) || names.indexOf(name) !== index)
      .map((name) => `server/src/slices.ts lists ${name}, which has no folder or stands there twice`),
    ...listed.flatMap(({ name, rights }) => {
      const demanded = rightsIn(sources.get(name) ?? '')
      return [
        ...demanded
          .filter((right) => !rights.includes(right))
          .map((right) => `${name} demands the right ${right}, which its slice.ts does not say`),
        ...rights
          .filter((right) => !demanded.includes(right))
          .map((right) => `${name} says that it demands the right ${right}, and never does`),
      ]
    }),
  ]
}

function rightsIn(source: string): string[] {
  return [...new Set([...source.matchAll(/demandRight\(\w+, '([\w.]+)'\)/g)].map((match) => match[1] ?? ''))]
}
