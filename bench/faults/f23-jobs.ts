import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { startStage } from '../stage/stage.ts'
import type { Fault } from './fault.ts'

/** A worker that holds a job is killed, another is frozen; somebody else does the work, once. */
export const jobs: Fault = {
  name: 'F23',
  title: 'workers killed and frozen with jobs in hand',
  async run(run) {
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    await stage.sql(
      'create table effects (job_id uuid not null, worker text not null, at timestamptz not null)',
    )
    await stage.sql('grant select, insert on effects to foyer_app')

    async function hire(name: string, holdMs: number): Promise<ChildProcess> {
      const program = new URL('job-worker.ts', import.meta.url).pathname
      const child = spawn(process.execPath, [program, name, String(holdMs)], {
        env: { PATH: process.env.PATH, DATABASE_URL: stage.databaseUrl },
        // It ends when the other end of its input is gone.
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      acquired.defer(() => void child.kill('SIGKILL'))
      await once(child.stdout as NodeJS.ReadableStream, 'data')
      return child
    }
    async function enqueue(): Promise<string> {
      const id = randomUUID()
      await stage.sql(
        `insert into jobs (organization_id, id, kind, payload, due_at) values ($1, $2, 'bench.probe', '{}', clock_now())`,
        [stage.organizationId, id],
      )
      return id
    }
    const isHeld = async (id: string) => {
      const rows = await stage.sql<{ fence: string }>(
        'select fence from jobs where id = $1 and holder is not null',
        [id],
      )
      return rows.length > 0
    }

    const killed = await hire('killed', 600_000)
    const ofKilled = await enqueue()
    while (!(await isHeld(ofKilled))) await sleep(50)
    killed.kill('SIGKILL')
    const frozen = await hire('frozen', 10_000)
    const ofFrozen = await enqueue()
    while (!(await isHeld(ofFrozen))) await sleep(50)
    frozen.kill('SIGSTOP')
    const began = performance.now()
    await hire('heir', 0)
    const done = async () => (await stage.sql('select from effects')).length
    while ((await done()) < 2 && performance.now() - began < 120_000) await sleep(250)
    run.limit('taken over after ms', Math.round(performance.now() - began), 90_000)
    frozen.kill('SIGCONT')
    // It goes on where it was, tries to finish, and must not.
    await sleep(15_000)
    const effects = await stage.sql<{ job_id: string; worker: string }>('select job_id, worker from effects')
    for (const id of [ofKilled, ofFrozen]) {
      const of = effects.filter((effect) => effect.job_id === id)
      if (of.length === 0) run.violate({ check: 'lost', detail: `job ${id} was not done` })
      if (of.length > 1)
        run.violate({ check: 'double', detail: `job ${id} was done by ${of.map((each) => each.worker)}` })
      if (of.some((effect) => effect.worker !== 'heir'))
        run.violate({ check: 'owner', detail: `job ${id} was finished by ${of[0]?.worker}, who had lost it` })
    }
    const left = await stage.sql('select from jobs')
    if (left.length > 0) run.violate({ check: 'unsettled', detail: `${left.length} jobs are left` })
    run.figure('jobs', 2)
  },
}
