import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** A part of the house and its tests; they keep no state in modules, so that a worker may run one file after another. */
function part(name: string, options: { folder?: string; globalSetup?: string } = {}) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`${options.folder ?? name}/**/*.test.{ts,tsx}`],
      exclude: ['**/node_modules/**', '**/dist/**'],
      ...(options.globalSetup ? { globalSetup: options.globalSetup } : {}),
    },
  }
}

export default defineConfig({
  test: {
    isolate: false,
    // Real processes: the database's programs and signals are part of what is tested.
    pool: 'forks',
    // More than there are cores: two thirds of the time tests wait, for clocks and for each other.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      part('contract'),
      part('client'),
      part('server', { globalSetup: 'server/src/testing/global-setup.ts' }),
      part('web', { folder: 'web/src' }),
      part('messenger', { folder: 'messenger/src' }),
      part('checks'),
      part('bench', { globalSetup: 'server/src/testing/global-setup.ts' }),
    ],
  },
})
