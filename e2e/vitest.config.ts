import { defineConfig } from 'vitest/config'

/** What does not depend on how the server is spread over processes is looked at once. */
const onceOnly = ['e2e/accessibility.e2e.ts', 'e2e/set-up.e2e.ts']

/** Real browser, real server, one file after another: two cores do not carry more at once without waiting. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['e2e/**/*.e2e.ts'],
    exclude: process.env.E2E_MODE === 'many' ? onceOnly : [],
    globalSetup: 'e2e/world/setup.ts',
    pool: 'forks',
    fileParallelism: false,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
