import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'
import { weigh } from './weight.ts'

const here = dirname(fileURLToPath(import.meta.url))
const locales = join(here, '../locales')
const dist = join(here, 'dist')

/** Largest sizes in bytes, gzipped. A visitor who never clicks pays for the loader alone. */
export const budgets = { loader: 5 * 1024, script: 50 * 1024, style: 8 * 1024 } as const
type Sizes = Record<keyof typeof budgets, number>

/** Builds the loader and the conversation, says how heavy they are, and throws when one is too heavy. */
function buildMessenger(): Promise<Sizes> {
  return buildInto(dist)
}

export async function buildInto(directory: string): Promise<Sizes> {
  // The build's number takes part in the hello of the socket, so that a server can tell what it speaks with.
  const manifest = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')) as { version: string }
  const define = { __BUILD__: JSON.stringify(manifest.version) }
  await build({
    configFile: false,
    root: join(here, 'src/app'),
    base: '/messenger/',
    logLevel: 'warn',
    publicDir: false,
    define,
    plugins: [frameTexts()],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: directory,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      // Nothing may be inlined: the frame's policy allows our own files only.
      assetsInlineLimit: 0,
      rolldownOptions: { input: [join(here, 'src/app/frame.html'), join(here, 'src/app/link.html')] },
    },
  })
  await build({
    configFile: false,
    root: here,
    logLevel: 'warn',
    publicDir: false,
    plugins: [launcherTexts()],
    build: {
      outDir: directory,
      emptyOutDir: false,
      target: 'es2022',
      rolldownOptions: {
        input: join(here, 'src/loader/main.ts'),
        output: { format: 'iife', entryFileNames: 'messenger.js' },
      },
    },
  })
  const sizes = weigh(directory)
  for (const [name, budget] of Object.entries(budgets)) {
    const size = sizes[name as keyof Sizes]
    console.log(`messenger ${name}: ${size} of ${budget} bytes gzip`)
    if (size > budget) throw new Error(`The messenger's ${name} is ${size} bytes gzip, more than ${budget}.`)
  }
  return sizes
}

/** Gives the loader the handful of texts it shows, in every language there is a folder for. */
function launcherTexts(): Plugin {
  const name = 'virtual:launcher-texts'
  return {
    name: 'launcher-texts',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null
      const english = catalogue('en')
      const texts = Object.fromEntries(
        languages().map((locale) => [locale, launcherPart({ ...english, ...catalogue(locale) })]),
      )
      return `export const texts = ${JSON.stringify(texts)}`
    },
  }
}

/** Gives the frame each language whole, with English where a text is missing, and without what only the loader shows. */
function frameTexts(): Plugin {
  return {
    name: 'frame-texts',
    enforce: 'pre',
    load(id) {
      const locale = /locales\/(\w+)\/messenger\.json$/.exec(id)?.[1]
      if (!locale) return null
      const all = Object.entries({ ...catalogue('en'), ...catalogue(locale) })
      return JSON.stringify(Object.fromEntries(all.filter(([key]) => !key.startsWith('launcher.'))))
    },
  }
}

function languages(): string[] {
  const entries = readdirSync(locales, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}

function catalogue(locale: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(locales, locale, 'messenger.json'), 'utf8')) as Record<string, string>
  } catch (failure) {
    // A language that others have begun and nobody has written the messenger's texts of yet.
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw failure
  }
}

function launcherPart(all: Record<string, string>): Record<string, string> {
  const prefix = 'launcher.'
  const own = Object.entries(all).filter(([key]) => key.startsWith(prefix))
  return Object.fromEntries(own.map(([key, text]) => [key.slice(prefix.length), text]))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildMessenger()
