import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './world/longest-first.ts'

/**
 * What does not depend on how the server is spread over processes is looked at once. A file that tests that something
 * arrives, is remembered or is found by another process stands in neither list.
 */
const ofTheBrowser = [
  'accessibility',
  'set-up',
  'layout',
  'parts',
  'site',
  'visitor',
  'clocks',
  'going-on',
  // How what is written is edited and drawn; drafts of it on another device are in `drafts`.
  'formatting',
  // Pickers and offers, which keep in the browser what they remember.
  'emoji',
  // Where keys lead, and what a screen reader is told.
  'keyboard',
  // How what stands in the database is drawn; nobody is told of anything.
  'markup',
  'search',
  // What the pages of others do to the messenger.
  'host-page',
  // What the browser holds, filtered; what was opened last is kept there too.
  'palette',
  // What moves by itself while a page comes.
  'steady-page',
]
/** What crosses processes of these is tested with two of them at the server. */
const atTheServer = ['notifications', 'password', 'owner-link']
const onceOnly = [...ofTheBrowser, ...atTheServer].map((name) => `e2e/${name}.e2e.ts`)

/** Real browser, real server; three files at once on two cores, because some wait for clocks and none is always busy. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['e2e/**/*.e2e.ts'],
    exclude: process.env.E2E_MODE === 'many' ? onceOnly : [],
    globalSetup: 'e2e/world/setup.ts',
    pool: 'forks',
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    isolate: false,
    // Ends what hangs, also where the machine is busy; what is waited for has limits of its own. Some tests start six
    // processes first.
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
})
