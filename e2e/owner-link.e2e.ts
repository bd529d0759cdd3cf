import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startServer } from './world/server.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** Runs the command as somebody does who sits at the server. */
async function ownerLink(settings: Record<string, string>): Promise<{ said: string; links: string[] }> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...settings }
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'owner-link'], { cwd: root, env })
  return { said: stdout, links: stdout.match(/http\S+\/new-password#[\w-]{43}/g) ?? [] }
}

async function ask(origin: string, path: string, body: unknown): Promise<number> {
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-foyer': '1' },
    body: JSON.stringify(body),
  })
  await response.arrayBuffer()
  return response.status
}

test('[X7] on the server a command prints a link for the owner, whether the product runs or not', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'foyer-owner-'))
  const email = 'olga@example.com'
  const server = await startServer('owner', {
    DATA_DIR: dataDir,
    OWNER_EMAIL: email,
    OWNER_PASSWORD: 'correct horse battery',
  })
  onTestFinished(async () => {
    await server.stop('SIGTERM')
    await rm(dataDir, { recursive: true, force: true })
  })
  const origin = `http://localhost:${server.port}`
  const running = await ownerLink({ DATA_DIR: dataDir, PORT: `${server.port}` })
  expect(running.said).toContain(`For olga (${email}), the owner of example.com`)
  expect(running.links).toHaveLength(1)
  expect(running.links[0]?.startsWith(`${origin}/new-password#`)).toBe(true)

  expect(await server.stop('SIGTERM')).toBe(0)
  const resting = await ownerLink({ DATA_DIR: dataDir, PUBLIC_URL: 'https://chat.example.com' })
  expect(resting.links[0]?.startsWith('https://chat.example.com/new-password#')).toBe(true)
  // What it started it has stopped again.
  expect(await readdir(join(dataDir, 'postgres', 'data'))).not.toContain('postmaster.pid')

  // What stands in the environment is for the first start alone.
  await server.startAgain()
  const again = `http://localhost:${server.port}`
  const password = 'a kettle on the harbour'
  const use = (link: string | undefined) =>
    ask(again, '/api/v1/password-link/password', { token: link?.split('#')[1], password })
  expect(await use(resting.links[0])).toBe(200)
  expect(await use(running.links[0]), 'all links end with a change').toBe(404)
  expect(await ask(again, '/api/v1/session', { email, password })).toBe(200)
  expect(await ask(again, '/api/v1/session', { email, password: 'correct horse battery' })).toBe(401)
})

test('the command finds a database of the administrator’s own, and says what is missing', async () => {
  const { databaseUrl } = inject('e2e')
  const { said } = await ownerLink({ DATABASE_URL: databaseUrl, ALLOW_UNSAFE_DATABASE: 'on' })
  expect(said).toMatch(/^(For |Nobody has set this installation up)/)
  const nothing = await mkdtemp(join(tmpdir(), 'foyer-nothing-'))
  onTestFinished(() => rm(nothing, { recursive: true, force: true }))
  const failed = await ownerLink({ DATA_DIR: nothing }).then(
    () => null,
    (error: { stderr: string }) => error.stderr,
  )
  expect(failed).toContain(`There is no database in DATA_DIR ${nothing}`)
  expect(await readdir(nothing)).toEqual([])
})

test('a password that others try first is none for the owner either', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'foyer-weak-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const started = startServer('weak', {
    DATA_DIR: dataDir,
    OWNER_EMAIL: 'olga@example.com',
    OWNER_PASSWORD: 'password123',
  })
  await expect(started).rejects.toThrow(/OWNER_PASSWORD is one that others try first/)
})
