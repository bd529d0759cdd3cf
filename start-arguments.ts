import { readFileSync } from 'node:fs'

/** What an administrator starts the product with: the arguments of `npm start` after `node`, the program last. */
export function startArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
    scripts: { start: string }
  }
  return scripts.start.split(' ').slice(1)
}
