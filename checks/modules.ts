import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { parseSync } from 'vite'
import { isSource, read, root, sourceFiles } from './files.ts'

export type Import = {
  /** What stands in the source. */
  specifier: string
  /** A path from the root, or the name of a package. */
  target: { file: string } | { package: string }
  /** Gone once types are stripped. */
  isType: boolean
  /** Names taken from it; `*` for all of it. */
  names: readonly string[]
}

export type Module = {
  file: string
  imports: readonly Import[]
  /** Names it exports, with whether each is used in this file beside its own declaration. */
  exports: readonly { name: string; isType: boolean; usedHere: boolean }[]
  hasDefaultExport: boolean
  /** Names that stand in the code, each once, without what strings and comments say. */
  identifiers: ReadonlySet<string>
}

/** A node of the parser's tree, looked into freely. */
// biome-ignore lint/suspicious/noExplicitAny: every kind of node has other fields
type Node = any

let all: ReadonlyMap<string, Module> | undefined

/** Every module of the repository by its path. */
export function modules(): ReadonlyMap<string, Module> {
  all ??= new Map(sourceFiles().map((file) => [file, parseModule(file, read(file))]))
  return all
}

export function parseModule(file: string, source: string): Module {
  const { program, errors } = parseSync(file, source, { lang: file.endsWith('x') ? 'tsx' : 'ts' })
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`)
  const imports: Import[] = []
  const counts = new Map<string, number>()
  const exported: { name: string; isType: boolean }[] = []
  let hasDefaultExport = false
  const take = (specifier: string, isType: boolean, names: readonly string[]) =>
    imports.push({ specifier, target: targetOf(file, specifier), isType, names })

  walk(program, (node) => {
    switch (node.type) {
      case 'ImportDeclaration': {
        const parts: Node[] = node.specifiers ?? []
        const typesOnly =
          node.importKind === 'type' ||
          (parts.length > 0 && parts.every((part) => part.importKind === 'type'))
        take(node.source.value, typesOnly, parts.map(importedName))
        return
      }
      case 'ExportAllDeclaration':
        return take(node.source.value, node.exportKind === 'type', ['*'])
      case 'ExportNamedDeclaration': {
        for (const name of exportedNames(node)) exported.push({ name, isType: isTypeExport(node) })
        if (node.source) {
          take(
            node.source.value,
            node.exportKind === 'type',
            node.specifiers.map((part: Node) => nameOf(part.local)),
          )
        }
        return
      }
      case 'ExportDefaultDeclaration':
        hasDefaultExport = true
        return
      case 'ImportExpression':
        if (node.source.type === 'Literal') take(node.source.value, false, ['*'])
        return
      case 'TSImportType':
        if (node.source?.value) take(node.source.value, true, ['*'])
        return
      case 'Identifier':
      case 'JSXIdentifier':
        counts.set(node.name, (counts.get(node.name) ?? 0) + 1)
    }
  })
  return {
    file,
    imports,
    exports: exported.map((one) => ({ ...one, usedHere: (counts.get(one.name) ?? 0) > 1 })),
    hasDefaultExport,
    identifiers: new Set(counts.keys()),
  }
}

/** Where an import leads: a file of ours (workspaces are files too), or a package. */
function targetOf(file: string, specifier: string): Import['target'] {
  const bare = specifier.replace(/\?.*$/, '')
  if (bare.startsWith('.')) return { file: posix.join(posix.dirname(file), bare) }
  const [, workspace, path] = /^@foyer\/([a-z0-9]+)\/(.+)$/.exec(bare) ?? []
  if (workspace && path) return { file: `${workspace}/${path}` }
  const parts = bare.split('/')
  return { package: bare.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? bare) }
}

/** Whether an import of ours leads somewhere. */
export function isThere(file: string): boolean {
  return modules().has(file) || (!isSource(file) && existsSync(root + file))
}

function importedName(part: Node): string {
  if (part.type === 'ImportNamespaceSpecifier') return '*'
  return part.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(part.imported)
}

function exportedNames(node: Node): string[] {
  const { declaration } = node
  if (!declaration) return node.specifiers.map((part: Node) => nameOf(part.exported))
  if (declaration.declarations) return declaration.declarations.map((part: Node) => nameOf(part.id))
  return declaration.id ? [nameOf(declaration.id)] : []
}

function isTypeExport(node: Node): boolean {
  return node.exportKind === 'type' || /^TS(TypeAlias|Interface)/.test(node.declaration?.type ?? '')
}

function nameOf(node: Node): string {
  return node?.name ?? String(node?.value ?? '')
}

function walk(node: Node, see: (node: Node) => void): void {
  if (Array.isArray(node)) {
    for (const inner of node) walk(inner, see)
  } else if (node && typeof node === 'object') {
    if (typeof node.type === 'string') see(node)
    for (const [key, inner] of Object.entries(node)) {
      if (key !== 'parent' && inner && typeof inner === 'object') walk(inner, see)
    }
  }
}
