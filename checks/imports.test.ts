import { describe, expect, test } from 'vitest'
import { cycles } from './cycles.ts'
import { refuse } from './import-rules.ts'
import { parseModule } from './modules.ts'

const slices = ['organizations', 'operators', 'conversations', 'live']

/** Why each import of a source is refused, in their order. */
function refusals(file: string, source: string): (string | null)[] {
  return parseModule(file, source).imports.map(({ target, isType }) =>
    refuse({ from: file, target, isType }, slices),
  )
}

describe('imports', () => {
  test.each([
    ['contract/me.ts', `import { z } from 'zod'; import { id } from './scalars.ts'`],
    ['client/live.ts', `import { apply } from '@foyer/contract/state.ts'`],
    ['web/src/main.tsx', `import { createLive } from '@foyer/client/live.ts'; import 'react'`],
    ['server/src/platform/log.ts', `import pino from 'pino'; import { a } from './clock.ts'`],
    [
      'server/src/slices/live/hub.ts',
      `import { read } from '../conversations/reads.ts'; import './members.ts'`,
    ],
    ['server/src/slices/live/model.ts', `import type { Row } from '../conversations/shapes.ts'`],
    ['server/src/roles/http.ts', `import type { App } from '../app.ts'`],
    ['server/src/app.ts', `import './slices.ts'; import './platform/bus/bus.ts'`],
    ['server/src/slices.ts', `import './slices/live/slice.ts'; import './platform/slice.ts'`],
    ['server/src/slices/live/slice.ts', `import './hub.ts'; import type { A } from '../operators/access.ts'`],
    [
      'server/src/slices/live/live.test.ts',
      `import '../../testing/world.ts'; import '@foyer/client/live.ts'`,
    ],
  ])('%s may: %s', (file, source) => {
    expect(refusals(file, source).filter(Boolean)).toEqual([])
  })

  test.each([
    ['contract/me.ts', `import 'ws'`, /zod is its only dependency/],
    ['contract/me.ts', `import '../client/live.ts'`, /knows nothing above/],
    ['client/live.ts', `import 'node:fs'`, /no Node/],
    ['web/src/main.tsx', `import '../../server/src/app.ts'`, /by the contract alone/],
    ['messenger/src/loader/main.ts', `import 'preact'`, /no package/],
    ['server/src/platform/log.ts', `import '../slices/live/hub.ts'`, /no word of the domain/],
    ['server/src/slices/operators/actions.ts', `import '../conversations/actions.ts'`, /announce a fact/],
    ['server/src/slices/live/hub.ts', `import '../conversations/statements.ts'`, /of another slice only/],
    ['server/src/slices/live/model.ts', `import '../../platform/db/database.ts'`, /pure rules/],
    ['server/src/slices/live/model.ts', `import { toHead } from '../conversations/shapes.ts'`, /pure rules/],
    ['server/src/slices/live/hub.ts', `import '../../app.ts'`, /app.ts hands in/],
    ['server/src/roles/http.ts', `import { createApp } from '../app.ts'`, /import its types/],
    ['server/src/roles/http.ts', `const a = await import('../slices/live/hub.ts')`, /knows no part/],
    ['server/src/slices/live/hub.ts', `export { a } from './index.ts'`, /barrel/],
    ['server/src/app.ts', `import './testing/world.ts'`, /must not be in what runs/],
    ['server/src/app.ts', `import './slices/live/hub.ts'`, /names no slice/],
    ['server/src/slices.ts', `import './slices/live/hub.ts'`, /its slice.ts alone/],
    ['server/src/slices/live/hub.ts', `import './slice.ts'`, /for slices.ts to list/],
    ['server/src/slices/live/hub.ts', `import '../operators/slice.ts'`, /for slices.ts to list/],
    ['server/src/slices/operators/reads.ts', `type A = import('../live/hub.ts').Hub`, /comes after/],
  ])('%s may not: %s', (file, source, reason) => {
    expect(refusals(file, source)).toEqual([expect.stringMatching(reason)])
  })

  test('that go round are found, whole and once', () => {
    const edges = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', []],
      ['e', ['f']],
      ['f', ['e', 'a']],
    ])
    expect(cycles(edges)).toEqual([
      ['a', 'b', 'c'],
      ['e', 'f'],
    ])
    expect(
      cycles(
        new Map([
          ['a', ['b']],
          ['b', []],
        ]),
      ),
    ).toEqual([])
  })
})

test('a module is read without being run', () => {
  const read = parseModule(
    'server/src/a.ts',
    `import { type A, b } from './b.ts'; import type { C } from './c.ts'
     export type Mine = A; export const used = b; export function other(): typeof used { return used }`,
  )
  expect(read.imports.map(({ isType }) => isType)).toEqual([false, true])
  expect(read.exports).toEqual([
    { name: 'Mine', isType: true, usedHere: false },
    { name: 'used', isType: false, usedHere: true },
    { name: 'other', isType: false, usedHere: false },
  ])
})
