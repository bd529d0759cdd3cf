import { parse } from '@formatjs/icu-messageformat-parser'
import type { Plugin } from 'vite'
import { isPlain } from './client/text.ts'

/**
 * Reads the messages of the catalogues when a front end is built instead of when it runs, so that what reads them is not
 * shipped. Messages that are said as they stand stay texts.
 */
export function compiledMessages(): Plugin {
  return {
    name: 'compiled-messages',
    enforce: 'pre',
    config: () => ({
      resolve: {
        alias: [
          {
            find: /^@formatjs\/icu-messageformat-parser$/,
            replacement: '@formatjs/icu-messageformat-parser/no-parser.js',
          },
        ],
      },
    }),
    transform(code, id) {
      if (!/\/locales\/\w+\/\w+\.json$/.test(id)) return null
      const messages = Object.entries(JSON.parse(code) as Record<string, string>)
      const compiled = messages.map(([key, text]) => [
        key,
        isPlain(text) ? text : parse(text, { ignoreTag: true, captureLocation: false }),
      ])
      return JSON.stringify(Object.fromEntries(compiled))
    },
  }
}
