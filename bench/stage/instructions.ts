import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'

export type Counting = {
  /** Instructions that the process has run in user mode since counting began. */
  stop(): Promise<number>
}

/** Counts what a process runs, by `perf`: unlike its time, that does not depend on who else uses the machine. */
export async function countInstructions(pid: number): Promise<Counting> {
  const perf = spawn(
    'perf',
    ['stat', '-x,', '-e', 'instructions:u', '-D', '-1', '--control', 'fd:3,4', '-p', String(pid)],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  )
  let printed = ''
  perf.stderr?.on('data', (chunk: Buffer) => {
    printed += chunk
  })
  const over = once(perf, 'close')
  const [control, answers] = [perf.stdio[3] as Writable, perf.stdio[4] as Readable]
  const enabled = once(answers, 'data')
  control.write('enable\n')
  await Promise.race([
    enabled,
    over.then(() => {
      throw new Error(`Instructions cannot be counted here: ${printed}`)
    }),
  ])
  return {
    async stop() {
      const disabled = once(answers, 'data')
      control.write('disable\n')
      await disabled
      perf.kill('SIGINT')
      await over
      const count = Number(/^(\d+),,instructions/m.exec(printed)?.[1])
      if (!count) throw new Error(`Instructions cannot be counted here: ${printed}`)
      return count
    },
  }
}
