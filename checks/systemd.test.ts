import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startArguments } from '../start-arguments.ts'

test('the service starts the product as npm start does', () => {
  const service = readFileSync(new URL('../docs/foyer.service', import.meta.url), 'utf8')
  expect(service).toContain(`/node_modules/.bin/node ${startArguments().join(' ')}\n`)
})
