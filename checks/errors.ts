import { errors as catalogue } from '../contract/errors.ts'
import type { Check } from './check.ts'
import { filesBelow, isOfTests, isSource, read } from './files.ts'

export const errors: Check = {
  name: 'errors',
  why: 'A code is a promise: each is thrown somewhere, known to the catalogue, and said in every language.',
  async run() {
    const codes = Object.keys(catalogue)
    const sources = [...filesBelow('server/src'), ...filesBelow('contract')]
      .filter((file) => isSource(file) && !isOfTests(file) && file !== 'contract/errors.ts')
      .map((file) => ({ file, text: read(file) }))
    return [
      ...used(codes, sources),
      ...sources.flatMap((source) => unknownCodes(source, codes)),
      ...translated(codes),
    ]
  },
}

/** Codes that no server code can answer with. A route that names one does not throw it. */
export function used(codes: readonly string[], sources: readonly { file: string; text: string }[]): string[] {
  const thrown = sources.filter(({ file }) => file.startsWith('server/'))
  return codes
    .filter((code) => !thrown.some(({ text }) => text.includes(`'${code}'`)))
    .map((code) => `${code} is in contract/errors.ts and nothing throws it`)
}

export function unknownCodes(
  { file, text }: { file: string; text: string },
  codes: readonly string[],
): string[] {
  return [...text.matchAll(/new Failure\(\s*'([^']+)'/g)]
    .map((match) => match[1] ?? '')
    .filter((code) => !codes.includes(code))
    .map((code) => `${file} throws ${code}, which contract/errors.ts does not name`)
}

function translated(codes: readonly string[]): string[] {
  // What a client says when no answer came at all.
  const wanted = [...codes, 'network']
  return filesBelow('locales')
    .filter((file) => file.endsWith('/errors.json'))
    .flatMap((file) => {
      const texts = Object.keys(JSON.parse(read(file)) as Record<string, string>)
      return [
        ...wanted
          .filter((code) => !texts.includes(code))
          .map((code) => `${file} has no sentence for ${code}`),
        ...texts
          .filter((code) => !wanted.includes(code))
          .map((code) => `${file} has a sentence for ${code}, which is no code`),
      ]
    })
}
