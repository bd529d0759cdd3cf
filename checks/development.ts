import { readdirSync, readFileSync } from 'node:fs'
import { built } from './built.ts'
import type { Check } from './check.ts'
import { root } from './files.ts'

/** Words that only the page of the design says. */
const marks = ['Somebody is awaited', 'What every screen is made of']

export const development: Check = {
  name: 'development',
  why: 'What helps contributors look at the design is theirs: nobody loads it with the product.',
  waits: true,
  async run() {
    await built()
    return readdirSync(`${root}web/dist/assets`)
      .filter((name) => name.endsWith('.js'))
      .filter((name) => {
        const text = readFileSync(`${root}web/dist/assets/${name}`, 'utf8')
        return marks.some((mark) => text.includes(mark))
      })
      .map((name) => `web/dist/assets/${name} holds the page of the design`)
  },
}
