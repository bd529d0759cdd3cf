import { defineConfig } from 'vitest/config'

/** Real browser, real server, one file after another: two cores do not carry more at once without waiting. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['e2e/**/*.e2e.ts'],
    globalSetup: 'e2e/world/setup.ts',
    pool: 'forks',
    fileParallelism: false,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
