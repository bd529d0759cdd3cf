import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, parseAst } from 'vite'
import { compiledMessages } from '../compiled-messages.ts'
import { emojiData } from '../emoji-data.ts'
import manifest from './package.json' with { type: 'json' }

/** The controls bring their few words in thirty languages; only those we speak are built in. */
const onlyOurLanguages: Plugin = {
  name: 'only-our-languages',
  enforce: 'pre',
  load(id) {
    const [, locale] = /\/react-aria(?:-components)?\/.*\/intl\/.*\b([a-z]{2}-[A-Z]{2})\.m?js$/.exec(id) ?? []
    return locale && !['en-US', 'fr-FR', 'de-DE'].includes(locale) ? 'export default {}' : null
  },
}

/** Making a schema has no effect: those that nothing uses are left out. */
const onlyUsedSchemas: Plugin = {
  name: 'only-used-schemas',
  enforce: 'pre',
  transform: (code, id) =>
    /\/contract\/.*\.ts$/.test(id) ? code.replace(/(?<![\w.'"])z(?=\s*\.[a-z])/g, '/* @__PURE__ */ z') : null,
}

/** Of a route a browser uses these two; what it takes, answers, fails with and is for stays with the server. */
const usedOfRoutes = ['method', 'path']

const onlyWhereRoutesAre: Plugin = {
  name: 'only-where-routes-are',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/contract\/.*\.ts$/.test(id) || !/(?<!function )\broute\(\{/.test(code)) return null
    const unused: Span[] = []
    findUnused(parseAst(code, { lang: 'ts' }), unused)
    // From the end, so that places before stay where they are; a comma too many is allowed, two are not.
    return unused
      .sort((one, other) => other.start - one.start)
      .reduce((left, { start, end }) => left.slice(0, start) + left.slice(end).replace(/^\s*,/, ''), code)
  },
}

type Span = { start: number; end: number }
type Syntax = Span & {
  type: string
  callee?: { name?: string }
  arguments?: Syntax[]
  properties?: (Syntax & { key?: { name?: string } })[]
}

/** Collects what routes that are declared below a node say beyond what is used of them. */
function findUnused(node: unknown, unused: Span[]): void {
  if (typeof node !== 'object' || node === null) return
  const { type, callee, arguments: [definition] = [] } = node as Syntax
  if (type === 'CallExpression' && callee?.name === 'route')
    for (const property of definition?.properties ?? [])
      if (property.key?.name && !usedOfRoutes.includes(property.key.name)) unused.push(property)
  for (const inner of Object.values(node)) findUnused(inner, unused)
}

/** The face is asked for together with the style sheet that names it, not after it. */
const faceAtOnce: Plugin = {
  name: 'face-at-once',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((file) => /figtree-latin-wght-normal.*\.woff2$/.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: true },
          injectTo: 'head' as const,
        })),
  },
}

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [
    compiledMessages(),
    onlyOurLanguages,
    onlyWhereRoutesAre,
    onlyUsedSchemas,
    faceAtOnce,
    emojiData(),
    react(),
    tailwindcss(),
  ],
  resolve: { alias: { zod: resolve(import.meta.dirname, 'no-schemas.ts') } },
  define: { __BUILD__: JSON.stringify(manifest.version) },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome123', 'firefox128', 'safari17.5'],
    // The content policy allows files of our own only: nothing is inlined as a data address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What is loaded first is one file: split by who else needs each piece it would be two dozen, and a twentieth larger.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
    // Languages and big screens are loaded when they are needed; this is the budget of one file.
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: {
      '/api': { target: 'http://127.0.0.1:4000', ws: true },
      '/messenger.js': 'http://127.0.0.1:4000',
      '/demo': 'http://127.0.0.1:4000',
    },
  },
})
