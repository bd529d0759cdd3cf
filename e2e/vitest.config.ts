import { defineConfig } from 'vitest/config'
import { LongestFirst } from './world/longest-first.ts'

/** What does not depend on how the server is spread over processes is looked at once. */
const onceOnly = [
  'accessibility',
  'set-up',
  'layout',
  'parts',
  'site',
  'visitor',
  'clocks',
  'going-on',
  // What crosses processes of these is tested with two of them at the server.
  'notifications',
  'password',
  'owner-link',
].map((name) => `e2e/${name}.e2e.ts`)

/** Real browser, real server; two files at once, because half of a test is waiting for a page to settle. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['e2e/**/*.e2e.ts'],
    exclude: process.env.E2E_MODE === 'many' ? onceOnly : [],
    globalSetup: 'e2e/world/setup.ts',
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    isolate: false,
    // Ends what hangs; what is waited for has limits of its own. Some tests start six processes first.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
})
