import type { Check } from './check.ts'
import { cycles } from './cycles.ts'
import { filesBelow, read } from './files.ts'
import { refuse } from './import-rules.ts'
import { isThere, type Module, modules } from './modules.ts'
import { slicesInOrder } from './slices.ts'

export const imports: Check = {
  name: 'imports',
  why: 'Imports go one way, so that a part can be read and changed without the parts above it.',
  async run() {
    const all = [...modules().values()]
    const order = (await slicesInOrder()).map(({ name }) => name)
    return [
      ...all.flatMap((module) => oneWay(module, order)),
      ...circles(all),
      ...withoutSchemas(),
      ...(await packages(all)),
    ]
  },
}

function oneWay({ file, imports }: Module, order: readonly string[]): string[] {
  return imports.flatMap(({ specifier, target, isType }) => {
    if ('file' in target && !isThere(target.file)) return [`${file} imports ${specifier}, which is not there`]
    const reason = refuse({ from: file, target, isType }, order)
    return reason ? [`${file} imports ${specifier}: ${reason}`] : []
  })
}

function circles(all: readonly Module[]): string[] {
  const values = cycles(graph(all, { types: false }))
  const withTypes = cycles(graph(all, { types: true })).filter((group) => !isOneSlice(group))
  const known = new Set(values.flat())
  return [
    ...values.map((group) => `${group.join(' ↔ ')} import each other: take out what both need`),
    ...withTypes
      .filter((group) => !group.every((file) => known.has(file)))
      .map((group) => `the types of ${group.join(' ↔ ')} need each other, which only files of one slice may`),
  ]
}

function graph(all: readonly Module[], { types }: { types: boolean }): Map<string, string[]> {
  return new Map(
    all.map(({ file, imports }) => [
      file,
      imports.flatMap(({ target, isType }) => ('file' in target && (types || !isType) ? [target.file] : [])),
    ]),
  )
}

function isOneSlice(group: readonly string[]): boolean {
  const slicesOf = group.map((file) => /^server\/src\/slices\/([^/]+)\//.exec(file)?.[1])
  return slicesOf[0] !== undefined && slicesOf.every((slice) => slice === slicesOf[0])
}

/** Whoever holds the client in a browser must not get the schema library with it. */
function withoutSchemas(): string[] {
  const seen = new Set<string>()
  const todo = [...modules().keys()].filter((file) => file.startsWith('client/') && !file.includes('.test.'))
  const problems: string[] = []
  for (let file = todo.pop(); file !== undefined; file = todo.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    for (const { target, isType } of modules().get(file)?.imports ?? []) {
      if (isType) continue
      if ('file' in target) todo.push(target.file)
      else if (target.package === 'zod')
        problems.push(`${file} brings zod and is reached from client/: import its types only`)
    }
  }
  return problems
}

/** Whatever is imported is declared where it is imported, and what is declared is used. */
async function packages(all: readonly Module[]): Promise<string[]> {
  const ofRoot = Object.keys((JSON.parse(read('package.json')) as Manifest).devDependencies ?? {})
  const { workspaces = [] } = JSON.parse(read('package.json')) as Manifest
  return workspaces.flatMap((workspace) => {
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      read(`${workspace}/package.json`),
    ) as Manifest
    const declared = Object.keys(dependencies)
    const own = all.filter(({ file }) => file.startsWith(`${workspace}/`))
    const used = new Map<string, string>()
    for (const { file, imports } of own) {
      for (const { target, specifier } of imports) {
        const name = 'package' in target ? target.package : workspaceOf(specifier)
        if (name && !name.startsWith('node:') && !name.startsWith('virtual:')) used.set(name, file)
      }
    }
    const known = [...declared, ...ofRoot, ...Object.keys(optionalDependencies), `@foyer/${workspace}`]
    const ours = (name: string) => name.startsWith('@foyer/')
    return [
      ...[...used]
        // Tests of the server and measurements may look at a neighbour; npm links all workspaces.
        .filter(([name, file]) => !known.includes(name) && !(ours(name) && /\.test\.|testing\//.test(file)))
        .map(([name, file]) => `${file} imports ${name}, which ${workspace}/package.json does not name`),
      ...declared
        .filter((name) => !used.has(name) && !isUsedOtherwise(name, own) && !styles(workspace).includes(name))
        .map((name) => `${workspace}/package.json names ${name}, which nothing there imports`),
    ]
  })
}

type Manifest = {
  workspaces?: string[]
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

function workspaceOf(specifier: string): string | null {
  return /^(@foyer\/[a-z0-9]+)\//.exec(specifier)?.[1] ?? null
}

/** The style sheets of a workspace, which name typefaces and other sheets. */
function styles(workspace: string): string {
  return filesBelow(workspace)
    .filter((file) => file.endsWith('.css'))
    .map(read)
    .join('\n')
}

/** Types beside their package, and what only the compiler names. */
function isUsedOtherwise(name: string, own: readonly Module[]): boolean {
  if (name.startsWith('@types/') || name === 'tailwindcss') return true
  return (name === 'react-dom' || name === 'react') && own.some(({ file }) => file.endsWith('.tsx'))
}
