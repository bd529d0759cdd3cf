import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { weigh } from '../messenger/weight.ts'
import { built } from './built.ts'
import type { Check } from './check.ts'
import { root } from './files.ts'

/** Largest sizes in bytes, gzipped. */
const budgets = {
  'the loader': 5 * 1024,
  'the messenger’s scripts': 50 * 1024,
  'the messenger’s styles': 8 * 1024,
  'the Message Center’s first scripts': 250 * 1024,
} as const
type Part = keyof typeof budgets

let measured: Record<Part, number> | undefined

export const sizes: Check = {
  name: 'sizes',
  why: 'Visitors who never write pay for the loader alone, and the Message Center opens on a slow line too.',
  waits: true,
  async run() {
    await built()
    measured = measure()
    return Object.entries(measured)
      .filter(([part, size]) => size > budgets[part as Part])
      .map(([part, size]) => `${part}: ${size} bytes gzipped, ${budgets[part as Part]} allowed`)
  },
  note: () =>
    Object.entries(measured ?? {})
      .map(([part, size]) => `${part} ${(size / 1024).toFixed(1)} KB`)
      .join(', '),
}

function measure(): Record<Part, number> {
  const { loader, script, style } = weigh(`${root}messenger/dist`)
  return {
    'the loader': loader,
    'the messenger’s scripts': script,
    'the messenger’s styles': style,
    'the Message Center’s first scripts': firstScripts(readFileSync(`${root}web/dist/index.html`, 'utf8'))
      .map(gzipped)
      .reduce((total, size) => total + size, 0),
  }
}

/** What a browser loads before it shows anything: the page's scripts and what they preload. */
export function firstScripts(page: string): string[] {
  const named = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((match) => `web/dist/${match[1]}`)
  return [...new Set(named)]
}

function gzipped(path: string): number {
  return gzipSync(readFileSync(root + path), { level: 9 }).length
}
