import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * What one visitor downloads to open the messenger, in bytes gzipped: the frame's page names its scripts and styles, these
 * import others, and of the languages the largest counts. What is loaded when it is needed is not in it.
 */
export function weigh(dist: string): { loader: number; script: number; style: number } {
  const assets = join(dist, 'assets')
  const page = readFileSync(join(dist, 'frame.html'), 'utf8')
  const named = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map(([, name = '']) => name)
  const scripts = new Set<string>()
  const follow = (name: string) => {
    if (scripts.has(name)) return
    scripts.add(name)
    const source = readFileSync(join(assets, name), 'utf8')
    for (const next of named(/\b(?:import|from)\s*["'`]\.\/([^"'`]+\.js)["'`]/g, source)) follow(next)
  }
  for (const name of named(/(?:src|href)="\/messenger\/assets\/([^"]+\.js)"/g, page)) follow(name)
  const languages = readdirSync(assets).filter(
    (name) => /^messenger-.*\.js$/.test(name) && !scripts.has(name),
  )
  const sizeOf = (name: string) => gzipped(join(assets, name))
  const sum = (names: Iterable<string>) => [...names].reduce((total, name) => total + sizeOf(name), 0)
  return {
    loader: gzipped(join(dist, 'messenger.js')),
    script: sum(scripts) + Math.max(0, ...languages.map(sizeOf)),
    style: sum(named(/href="\/messenger\/assets\/([^"]+\.css)"/g, page)),
  }
}

function gzipped(path: string): number {
  return gzipSync(readFileSync(path), { level: 9 }).length
}
