import { spawn } from 'node:child_process'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine } from './binaries.ts'
import { explain, PostgresError } from './explain.ts'
import { type Home, handOver, type Passwords, writeSafely } from './home.ts'
import { enterable, plainEnvironment } from './server-process.ts'
import type { ServerUser, Wrapper } from './user.ts'

/**
 * Makes the cluster beside its place and moves it there when it is complete, so that a start that is cut short leaves
 * nothing that looks like a database.
 */
export async function initialiseCluster(given: {
  home: Home
  engine: Engine
  user: ServerUser | null
  wrap: Wrapper
  passwords: Passwords
}): Promise<void> {
  const { home, engine, user, wrap, passwords } = given
  const stage = join(home.path, 'new')
  await rm(stage, { recursive: true, force: true })
  await mkdir(join(stage, 'data'), { recursive: true, mode: 0o700 })
  await writeSafely(join(stage, 'password'), passwords.postgres)
  for (const path of ['data', 'password', '.']) await handOver(join(stage, path), user)

  const data = join(stage, 'data')
  const printed = await runToEnd(data, wrap, engine.initdb, [
    '-D',
    enterable(data),
    '-U',
    'postgres',
    `--pwfile=${enterable(data)}/../password`,
    '--auth=scram-sha-256',
    '-E',
    'UTF8',
    ...engine.initdbArguments,
  ])
  if (printed !== null) {
    await rm(stage, { recursive: true, force: true })
    throw new PostgresError(explain(printed, home.dataDir), { cause: printed })
  }
  await rename(data, home.data)
  await rm(stage, { recursive: true, force: true })
}

/** `null` when the program succeeded, else what it printed. */
function runToEnd(cwd: string, wrap: Wrapper, program: string, givenArgs: string[]): Promise<string | null> {
  const { file, args, options } = wrap(program, givenArgs)
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      ...options,
      cwd,
      env: plainEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let printed = ''
    child.stdout?.on('data', (chunk) => (printed += chunk))
    child.stderr?.on('data', (chunk) => (printed += chunk))
    child.once('error', (error) => resolve(String(error)))
    child.once('close', (code) => resolve(code === 0 ? null : printed))
  })
}
