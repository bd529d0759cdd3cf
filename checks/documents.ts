import { existsSync } from 'node:fs'
import type { Check } from './check.ts'
import { filesBelow, read, root } from './files.ts'

const spoken = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md']

export const documents: Check = {
  name: 'documents',
  why: 'A document that is not true of the code is worse than none.',
  async run() {
    const texts = new Map(spoken.filter((file) => existsSync(root + file)).map((file) => [file, read(file)]))
    const manifest = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const all = [...texts].map(([file, text]) => ({ file, text }))
    return [
      ...spoken.filter((file) => !texts.has(file)).map((file) => `${file} is not there`),
      ...all.flatMap(({ file, text }) => scripts(file, text, Object.keys(manifest.scripts))),
      ...all.flatMap(({ file, text }) => settings(file, text, read('server/src/platform/config.ts'))),
      ...all.flatMap(({ file, text }) => links(file, text)),
      ...tree(texts.get('ARCHITECTURE.md') ?? ''),
      ...decisions(),
    ]
  },
}

export function scripts(file: string, text: string, known: readonly string[]): string[] {
  const named = [...text.matchAll(/npm run ([a-z]+(?:-[a-z]+)*)/g), ...text.matchAll(/npm (start|test)\b/g)]
  return [...new Set(named.map((match) => match[1] ?? ''))]
    .filter((name) => !known.includes(name))
    .map((name) => `${file} names "npm run ${name}", which package.json does not have`)
}

/** Settings are named in capitals between backticks. README must name every one there is. */
export function settings(file: string, text: string, config: string): string[] {
  const list = /const settings = \[([^\]]*)\]/.exec(config)?.[1] ?? ''
  const known = [...list.matchAll(/'([A-Z_]+)'/g)].map((match) => match[1] ?? '')
  // Set by whoever runs tests and builds, not by who runs the product.
  const ofTools = [
    'CHROMIUM',
    'TEST_DATABASE_URL',
    'CI',
    'NODE_ENV',
    'CREATEROLE',
    'COPY',
    'UNIQUE',
    'LICENSE',
  ]
  const named = [...text.matchAll(/`([A-Z][A-Z]+(?:_[A-Z]+)*)(?:=[^`]*)?`/g)].map((match) => match[1] ?? '')
  return [
    ...[...new Set(named)]
      .filter((name) => !known.includes(name) && !ofTools.includes(name))
      .map((name) => `${file} names the setting ${name}, which does not exist`),
    ...(file === 'README.md'
      ? known
          .filter((name) => !named.includes(name))
          .map((name) => `README.md does not name the setting ${name}`)
      : []),
  ]
}

/** Links to files of ours. */
function links(file: string, text: string): string[] {
  return [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^https?:|^mailto:/.test(target) && !existsSync(root + target))
    .map((target) => `${file} links ${target}, which is not there`)
}

/** The tree of ARCHITECTURE.md against the folders there are. */
function tree(text: string): string[] {
  const drawn = /```tree\n([\s\S]*?)```/.exec(text)?.[1]
  if (!drawn) return ['ARCHITECTURE.md has no ```tree']
  const named = pathsOf(drawn)
  const folders = [
    ...new Set(filesBelow('').flatMap((file) => (file.includes('/') ? [`${file.split('/')[0]}/`] : []))),
  ]
  return [
    ...named
      .filter((path) => !existsSync(root + path.replace(/\/$/, '')))
      .map((path) => `ARCHITECTURE.md draws ${path}, which is not there`),
    ...folders
      .filter((folder) => !named.includes(folder))
      .map((folder) => `ARCHITECTURE.md does not draw ${folder}`),
  ]
}

/** Paths of a drawn tree: two spaces a level, the first words of a line are names, more than one of them with "·". */
export function pathsOf(drawn: string): string[] {
  const parents: string[] = []
  return drawn.split('\n').flatMap((line) => {
    const [, indent = '', rest = ''] = /^((?: {2})*)(\S.*)$/.exec(line) ?? []
    const names = (rest.split(/ {2,}/)[0] ?? '').split(' · ').filter((name) => /^[\w.-]+\/?$/.test(name))
    const level = indent.length / 2
    const base = parents.slice(0, level).join('')
    const first = names[0]
    if (first?.endsWith('/')) parents.splice(level, parents.length, first)
    return names.map((name) => base + name)
  })
}

function decisions(): string[] {
  if (!existsSync(`${root}docs/decisions/README.md`)) return ['docs/decisions/README.md is not there']
  const list = read('docs/decisions/README.md')
  return (
    filesBelow('docs/decisions')
      // Pictures belong to a decision, which shows them.
      .filter((file) => file.endsWith('.md'))
      .map((file) => file.slice('docs/decisions/'.length))
      .filter((file) => file !== 'README.md' && !list.includes(`(${file})`))
      .map((file) => `docs/decisions/README.md does not link ${file}`)
  )
}
