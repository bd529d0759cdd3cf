import { type Macro, type MacroFormat, type MacroGiven, macroGiven } from '@foyer/contract/macros.ts'
import { plainTextOf } from '@foyer/contract/rich-text/plain.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import { type Locale, locale } from '@foyer/contract/scalars.ts'
import { cleanText } from '@foyer/contract/written.ts'
import { readCsv, writeCsv as writeTable } from '../../platform/csv.ts'
import { Failure } from '../../platform/failure.ts'

/** A macro as a file has it: its group by name. */
export type FileMacro = Macro & { group: string | null }

/** More rows than these are no list of macros. */
const mostRows = 20_000

const locales = locale.options
const named = ['id', 'name', 'shortcut', 'key', 'folder', 'audience', 'group'] as const
const textOf = (of: Locale) => `text_${of}`
const contentOf = (of: Locale) => `formatted_${of}`
const columns = [...named, ...locales.flatMap((of) => [textOf(of), contentOf(of)])]

/** A table, a macro a row: for each language its text, and where it is formatted the tree it is made of, as JSON. */
export function writeCsv(macros: readonly FileMacro[]): string {
  const rows = macros.map((macro) => [
    ...named.map((column) => macro[column] ?? ''),
    ...locales.flatMap((of) => {
      const version = macro.versions[of]
      return [version?.text ?? '', version?.content ? JSON.stringify(version.content) : '']
    }),
  ])
  return writeTable([columns, ...rows])
}

export function writeJson(macros: readonly FileMacro[]): string {
  const items = macros.map(({ id, name, shortcut, key, folder, audience, group, versions }) => ({
    id,
    name,
    shortcut,
    key,
    folder,
    audience,
    group,
    versions,
  }))
  return `${JSON.stringify({ macros: items }, null, 2)}\n`
}

/** A row of a file: what it says, or which field says nothing of sense. `group`: the name of one. */
export type FileRow = { row: number } & (
  | { given: Omit<MacroGiven, 'groupId'>; group: string | null }
  | { field: string }
)

/**
 * Reads a file as exported, or made elsewhere: without an id a macro is new, without an audience everybody's.
 *
 * @param newId makes the ids of new ones
 * @throws Failure macro.file_unreadable
 */
export function readFile(bytes: Uint8Array, format: MacroFormat, newId: () => string): FileRow[] {
  const text = decode(bytes)
  const rows = format === 'csv' ? ofTable(text) : ofJson(text)
  if (rows.length > mostRows) throw unreadable('length')
  return rows.map(({ row, said }) => read(row, said, newId))
}

type Said = Record<string, unknown>

function decode(bytes: Uint8Array): string {
  // What Excel writes as "Unicode text".
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe
  try {
    return new TextDecoder(isWide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw unreadable('encoding')
  }
}

function ofTable(text: string): { row: number; said: Said }[] {
  const table = readCsv(text)
  if (!table) throw unreadable('format')
  const [head, ...rows] = table
  const heads = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? []
  if (!heads.includes('name') || !locales.some((of) => heads.includes(textOf(of))))
    throw unreadable('columns')
  return rows.map(({ line, cells }) => {
    const cell = (column: string) => cells[heads.indexOf(column)] || undefined
    const versions: Said = {}
    for (const of of locales) {
      const written = versionOf(cell(textOf(of)), cell(contentOf(of)))
      if (written) versions[of] = written
    }
    return { row: line, said: { ...Object.fromEntries(named.map((each) => [each, cell(each)])), versions } }
  })
}

/** A text that was changed in the table stands for itself: the tree beside it says something else. */
function versionOf(text: string | undefined, formatted: string | undefined): Said | null {
  if (formatted === undefined) return text === undefined ? null : { text }
  let content: RichText
  try {
    content = JSON.parse(formatted) as RichText
    if (text !== undefined && cleanText(plainTextOf(content)) !== cleanText(text)) return { text }
  } catch {
    return text === undefined ? { content: formatted } : { text }
  }
  return { content }
}

function ofJson(text: string): { row: number; said: Said }[] {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    throw unreadable('format')
  }
  const items = Array.isArray(file) ? file : (file as { macros?: unknown } | null)?.macros
  if (!Array.isArray(items)) throw unreadable('format')
  return items.map((item: unknown, index) => {
    const said = typeof item === 'object' && item !== null ? (item as Said) : {}
    const versions: Said = {}
    if (typeof said.versions === 'object' && said.versions !== null)
      for (const [of, version] of Object.entries(said.versions)) {
        const { text: own, content } = (version ?? {}) as Said
        versions[of] = content === undefined ? { text: own } : { content }
      }
    return { row: index + 1, said: { ...said, versions } }
  })
}

function read(row: number, said: Said, newId: () => string): FileRow {
  const group = typeof said.group === 'string' && said.group !== '' ? said.group : null
  const parsed = macroGiven.safeParse({
    id: said.id ?? newId(),
    name: said.name,
    shortcut: said.shortcut ?? null,
    key: said.key ?? null,
    folder: said.folder ?? null,
    audience: said.audience ?? (group === null ? 'everyone' : 'group'),
    // Which one it is is looked up by its name.
    groupId: group === null ? null : unnamedGroup,
    versions: said.versions,
  })
  if (!parsed.success) {
    const [field] = parsed.error.issues[0]?.path ?? []
    return { row, field: typeof field === 'string' ? (field === 'groupId' ? 'group' : field) : 'audience' }
  }
  const { groupId: _, ...given } = parsed.data
  return { row, given, group }
}

const unnamedGroup = '00000000-0000-4000-8000-000000000000'

const unreadable = (reason: 'encoding' | 'format' | 'columns' | 'length') =>
  new Failure('macro.file_unreadable', { reason })
