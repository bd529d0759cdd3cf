import type { Check } from './check.ts'
import { filesBelow, isOfTests, isSource, read } from './files.ts'
import { type Module, modules } from './modules.ts'

/** The files a slice may have, so that nobody asks where a thing goes. Tests stand beside. */
const vocabulary: Readonly<Record<string, string>> = {
  slice: 'all it brings, in one value: what it gets, hands out, serves and hears',
  model: 'pure rules, types, state machines: no IO, no clock, no random',
  access: 'who may: returns a proof that reads and actions demand, or throws',
  news: 'what it tells other processes, screens and later slices, by name',
  reads: 'selects',
  actions: 'writes: decide, change and record, in one transaction',
  start: 'how the first of its kind comes about, where that is more than one action',
  record: 'applies decisions: decide, one statement, repeat if somebody was faster, publish',
  change: 'takes what becomes of something already written through the log: under its lock, once, told',
  routes: 'binds the contract’s routes to reads and actions, a handful of lines each',
  reactions: 'what this slice does when an earlier one announces a fact',
  jobs: 'timed and queued work, each a line or two into actions',
  shapes: 'rows as the database returns them, and what is made of them for the wire',
  statements: 'SQL that is hot or shared, apart so that it can be measured raw',
  socket: 'binds the frames of a connection, as routes does for requests',
  hub: 'carries what is heard to the connections of this process',
  logs: 'carries conversations to those who follow them and the lists they stand in',
  signs: 'tells connections of what may be a sign to them',
  presence: 'tells connections who is there and who writes',
  revoking: 'ends connections whose rights have ended, and mutes who is blocked',
  feeds: 'brings each follower every change once and in order',
  members: 'who is connected to this process',
  files: 'what is read from and written as files of its own format',
  import: 'takes a file in: decides on every row, then writes all, or only says what it would write',
  content: 'texts that come with the product; content-<language>.ts where there are many',
}

const longest = 400
const vague = /^(utils?|helpers?|common|shared|lib|misc|manager|service|index)$/
/** Names that everybody looks for, or that a tool gives. */
const namedByTools = /(^|\/)README\.md$|^(ARCHITECTURE|CONTRIBUTING|SECURITY)\.md$|^LICENSE$|^\.|\/\./
const configured = /\.config\.ts$|^(server\/src\/testing\/global-setup|e2e\/world\/setup)\.ts$/

export const shape: Check = {
  name: 'shape',
  why: 'Files are small, named alike and say what they are, so that a stranger opens the right one at once.',
  async run() {
    const files = filesBelow('')
    return [
      ...files.flatMap(named),
      ...files.flatMap(inSlice),
      ...files.filter((file) => /\.(tsx?|css|cjs)$/.test(file)).flatMap((file) => written(file, read(file))),
      ...[...modules().values()].flatMap(worded),
    ]
  },
}

export function named(file: string): string[] {
  if (namedByTools.test(file)) return []
  const parts = file.split('/')
  const problems = parts
    .filter((part) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(part))
    .map((part) => `${file}: "${part}" is not kebab-case`)
  const hollow = parts.map((part) => part.split('.')[0] ?? '').filter((part) => vague.test(part))
  // The page a browser opens is called so by browsers.
  if (hollow.length > 0 && !/\.html$/.test(file))
    problems.push(`${file}: "${hollow[0]}" says nothing; name it by what it does`)
  return problems
}

export function inSlice(file: string): string[] {
  const [, slice, rest] = /^server\/src\/slices\/([^/]+)\/(.+)$/.exec(file) ?? []
  if (!slice || !rest || /^[a-z-]+(\.[a-z-]+)?\.test\.ts$/.test(rest)) return []
  const name = rest.replace(/\.ts$/, '')
  if (rest.endsWith('.ts') && Object.hasOwn(vocabulary, name.replace(/^content-.*/, 'content'))) return []
  return [
    `${file}: a slice has ${Object.keys(vocabulary).join(', ')} and tests; anything else belongs in one of them, or in a decision`,
  ]
}

/** What may not stand in a source, tests included. */
export function written(file: string, source: string): string[] {
  const lines = source.split('\n')
  const at = (index: number) => `${file}:${index + 1}`
  const ofCheck = /^checks\/(shape|words\.test)\.ts$/.test(file)
  const found = ofCheck
    ? []
    : lines.flatMap((line, index) => [
        ...(/\b(TODO|FIXME|HACK|XXX)\b/.test(line)
          ? [`${at(index)}: open work is written @todo(#issue)`]
          : []),
        ...(/@todo(?!\(#\d+\))/.test(line) ? [`${at(index)}: @todo names its issue, as @todo(#12)`] : []),
        ...(/\.(skip|only|todo|fails)\(|\b(xit|xdescribe|fdescribe|fit)\(/.test(line) && isOfTests(file)
          ? [`${at(index)}: no test is left out`]
          : []),
        ...(/\bconsole\.\w+\(/.test(line) &&
        /^(server|client|web|messenger)\/src\//.test(file) &&
        // Whoever puts the messenger on a site has nothing but the console to read what is missing.
        file !== 'messenger/src/loader/settings.ts' &&
        !isOfTests(file)
          ? [`${at(index)}: the server speaks through platform/log.ts, browsers not at all`]
          : []),
        ...(/\bdebugger\b/.test(line) && isSource(file) ? [`${at(index)}: debugger`] : []),
      ])
  if (lines.length - 1 > longest)
    found.push(`${file}: ${lines.length - 1} lines; above ${longest} a file holds two things`)
  return found
}

/** The words of ARCHITECTURE.md's glossary, and what they must not be called. */
const wrongWords: readonly { word: RegExp; instead: string; fine: RegExp }[] = [
  // A socket is opened with a ticket, which is nothing else.
  {
    word: /tickets?/i,
    instead: 'conversation',
    fine: /^(ticket(Of\w*|Seconds)?|byTicket|operatorByTicket|\w*[sS]ocketTickets?|\w*_tickets?)$/,
  },
  { word: /agents?/i, instead: 'operator', fine: /userAgent|^agent$/i },
  { word: /customers?/i, instead: 'contact', fine: /^$/ },
]

export function worded({
  file,
  identifiers,
  hasDefaultExport,
}: Pick<Module, 'file' | 'identifiers' | 'hasDefaultExport'>): string[] {
  const problems = [...identifiers].flatMap((name) =>
    wrongWords
      .filter(({ word, fine }) => word.test(name) && !fine.test(name))
      .map(({ instead }) => `${file}: ${name} is called ${instead} here`),
  )
  if (hasDefaultExport && !configured.test(file)) problems.push(`${file}: export it by name`)
  return problems
}
