import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '../stage/server-node.ts'

export type Bare = AsyncDisposable & { readonly port: number; readonly pid: number }

/** Starts what the product is compared with in a process of its own. */
export async function startBare(databaseUrl: string | null): Promise<Bare> {
  const port = await freePort()
  const program = new URL('bare-server.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, String(port)], {
    env: { PATH: process.env.PATH, ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}) },
    // It ends when the other end of its input is gone.
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await once(child.stdout as NodeJS.ReadableStream, 'data')
  return {
    port,
    pid: child.pid as number,
    async [Symbol.asyncDispose]() {
      const over = once(child, 'exit')
      child.kill('SIGKILL')
      await over
    },
  }
}
