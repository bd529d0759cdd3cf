import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../', import.meta.url))

/** What is made and not written, or not ours. */
const outside = /(^|\/)(node_modules|dist|\.[^/]*)$|^(data|screens|tmp|bench\/reports)$/

/** Every file we wrote below a folder, as paths from the root, in order. */
export function filesBelow(folder: string): string[] {
  const entries = readdirSync(root + folder, { withFileTypes: true })
  return entries
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (outside.test(path)) return []
      if (entry.isDirectory()) return filesBelow(path)
      return entry.isFile() ? [path] : []
    })
    .sort()
}

export function read(path: string): string {
  return readFileSync(root + path, 'utf8')
}

export function isSource(path: string): boolean {
  return /\.(tsx?|js)$/.test(path) && !path.endsWith('.d.ts')
}

/** Files that only tests run. */
export function isOfTests(path: string): boolean {
  return /\.(test|e2e)\.tsx?$/.test(path) || /^(e2e|server\/src\/testing)\//.test(path)
}

let sources: string[] | undefined

/** All programs we wrote. */
export function sourceFiles(): string[] {
  sources ??= filesBelow('').filter(isSource)
  return sources
}
