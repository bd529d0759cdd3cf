import { readdir, readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { ensureBuilt } from '../../build.ts'
import type { Measure } from './measure.ts'

const dist = new URL('../../messenger/dist/', import.meta.url)

export const bytes: Measure = {
  name: 'bytes',
  title: 'what the messenger costs a page, compressed',
  async run(bench) {
    await ensureBuilt(() => undefined)
    const files = await readdir(new URL('assets/', dist))
    const size = async (names: readonly string[]) => {
      const parts = await Promise.all(names.map((name) => readFile(new URL(name, dist))))
      return (
        Math.round(parts.reduce((sum, part) => sum + gzipSync(part, { level: 9 }).length, 0) / 102.4) / 10
      )
    }
    const assets = (ending: string) =>
      files.filter((name) => name.endsWith(ending)).map((name) => `assets/${name}`)
    // Of the texts' files, one language is loaded.
    const languages = assets('.js').filter((name) => /messenger-[^/]*\.js$/.test(name))
    const scripts = [...assets('.js').filter((name) => !languages.includes(name)), ...languages.slice(0, 1)]
    bench.aim('loader, on every page', await size(['messenger.js']), { atMost: 5, unit: 'KB' })
    bench.aim('opened: scripts and one language', await size(scripts), { atMost: 50, unit: 'KB' })
    bench.aim('opened: style', await size(assets('.css')), { atMost: 8, unit: 'KB' })
  },
}
