import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ensureBuilt } from '../../build.ts'
import { createDatabase, startCluster } from './cluster.ts'
import { type Mode, startInstallation } from './installation.ts'
import { faultsOf } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    e2e: {
      mode: Mode
      cluster: { url: string; template: string }
      /** A folder for what browsers keep. */
      profiles: string
      /** The installation that tests share which leave it running. */
      origin: string
      databaseUrl: string
    }
  }
}

/** One cluster and one installation for a whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mode: Mode = process.env.E2E_MODE === 'many' ? 'many' : 'one'
  await ensureBuilt((line) => process.stdout.write(`${line}\n`))
  const cluster = await startCluster()
  const profiles = await mkdtemp(join(tmpdir(), 'foyer-browsers-'))
  const installation = await startInstallation(mode, await createDatabase(cluster))
  project.provide('e2e', {
    mode,
    cluster: { url: cluster.url, template: cluster.template },
    profiles,
    origin: installation.origin,
    databaseUrl: installation.databaseUrl,
  })
  return async () => {
    try {
      await installation.stop()
    } finally {
      await cluster.stop()
      await rm(profiles, { recursive: true, force: true, maxRetries: 10 })
    }
    const faults = installation.processes.flatMap(faultsOf)
    if (faults.length > 0) throw new Error(`The server wrote of faults on our side:\n${faults.join('\n')}`)
  }
}
