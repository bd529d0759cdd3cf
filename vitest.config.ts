import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const withDatabase = { globalSetup: 'server/src/testing/global-setup.ts' }
const options: Readonly<Record<string, { folder?: string; globalSetup?: string }>> = {
  contract: {},
  client: {},
  server: withDatabase,
  web: { folder: 'web/src' },
  messenger: { folder: 'messenger/src' },
  checks: {},
  bench: withDatabase,
}

/** The parts of the house whose tests can be run alone, by name. */
export const parts: readonly string[] = Object.keys(options)

/** Tests keep no state in modules, so that a worker may run one file after another. */
function part(name: string) {
  const { folder = name, ...more } = options[name] ?? {}
  return {
    extends: true as const,
    test: {
      name,
      include: [`${folder}/**/*.test.{ts,tsx}`],
      exclude: ['**/node_modules/**', '**/dist/**'],
      ...more,
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
    // Ends what hangs; what is waited for has limits of its own.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    projects: parts.map(part),
  },
})
