import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openBrowser, watch } from './world/browser.ts'
import { soon } from './world/compare.ts'
import { faultsOf, type ServerProcess, startServer } from './world/server.ts'

/** A server on a data folder that has never been used, with the PostgreSQL it brings. */
async function startFresh(
  settings: Record<string, string> = {},
): Promise<{ server: ServerProcess; dataDir: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'foyer-first-'))
  const server = await startServer('first', { DATA_DIR: dataDir, ...settings })
  onTestFinished(async () => {
    await server.stop('SIGTERM')
    expect(faultsOf(server)).toEqual([])
    await rm(dataDir, { recursive: true, force: true })
  })
  return { server, dataDir }
}

async function openPage() {
  const context = await (await openBrowser()).newContext({ locale: 'en-US' })
  context.setDefaultTimeout(10_000)
  const complaints = await watch(context, (origin) => /\/\/localhost:\d+$/.test(origin))
  onTestFinished(async () => {
    await context.close()
    expect(complaints.list).toEqual([])
  })
  return { page: await context.newPage(), complaints }
}

/** Whether the PostgreSQL of a data folder runs. */
async function isDatabaseRunning(dataDir: string): Promise<boolean> {
  const file = join(dataDir, 'postgres', 'data', 'postmaster.pid')
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10)
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}

test('[N2 N10] the link printed at the first start makes organization, owner and widget, once', async () => {
  const { server, dataDir } = await startFresh()
  const link = server.setupLink() ?? ''
  expect(link).toMatch(/^http:\/\/localhost:\d+\/setup#[\w-]{43}$/)
  const { page, complaints } = await openPage()
  await page.goto(new URL('/', link).href)
  await page.getByText('Setup isn’t finished yet').waitFor()
  await page.goto(link)
  const set = page.getByRole('button', { name: 'Set up' })
  await soon(() => page.url()).toBe(new URL('/setup', link).href)
  await set.click()
  await page.getByText('Please fill this in.').first().waitFor()
  await page.getByRole('textbox', { name: 'Organization' }).fill('Morrow & Pine')
  await page.getByRole('textbox', { name: 'Your name' }).fill('Olga Owner')
  await page.getByRole('textbox', { name: 'E-mail' }).fill('olga@example.com')
  await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery')
  const sample = page.getByRole('checkbox', { name: /Start with sample data/ })
  expect(await sample.isChecked(), 'sample data is offered').toBe(true)
  await sample.locator('xpath=ancestor::label').click()
  await set.click()
  await page.getByRole('heading', { name: 'Morrow & Pine is ready' }).waitFor()
  await page.getByRole('link', { name: 'Put the messenger on your site' }).click()
  await page.getByText(/data-widget="[\w-]+"/).waitFor()
  await page.getByRole('link', { name: 'Inbox' }).click()
  await page.getByRole('region', { name: 'Unassigned' }).waitFor()

  // The link is spent, for whoever finds it later.
  const later = await openPage()
  later.complaints.allow(/status of (403|409).*\/api\/v1\/setup$/)
  // A link as it once was printed.
  await later.page.goto(link.replace('#', '?token='))
  await soon(() => later.page.url()).toBe(new URL('/setup', link).href)
  await later.page.getByRole('textbox', { name: 'Organization' }).fill('Mallory')
  await later.page.getByRole('textbox', { name: 'Your name' }).fill('Mallory')
  await later.page.getByRole('textbox', { name: 'E-mail' }).fill('mallory@example.com')
  await later.page.getByRole('textbox', { name: 'Password' }).fill('another password')
  await later.page.getByRole('button', { name: 'Set up' }).click()
  await later.page.getByRole('alert').waitFor()
  await later.page.goto(new URL('/', link).href)
  await later.page.getByRole('button', { name: 'Log in' }).waitFor()

  await later.page.close()

  // Killed and started again: the database left behind is taken over, and the owner is still logged in.
  complaints.expectOutage()
  await server.stop('SIGKILL')
  const before = performance.now()
  await server.startAgain()
  expect(performance.now() - before, 'milliseconds to be ready again').toBeLessThan(10_000)
  expect(server.output().split('Set up here').length - 1, 'links printed').toBe(1)
  await page.reload()
  await page.getByRole('region', { name: 'Unassigned' }).waitFor()

  // Ctrl-C ends everything, in order.
  expect(await isDatabaseRunning(dataDir)).toBe(true)
  expect(await server.stop('SIGINT')).toBe(0)
  expect(server.output()).toContain('Stopped.')
  expect(await isDatabaseRunning(dataDir)).toBe(false)
  const again = performance.now()
  await server.startAgain()
  expect(performance.now() - again, 'milliseconds of the next start').toBeLessThan(10_000)
  await soon(() => page.reload().then(() => page.getByRole('region', { name: 'Unassigned' }).count())).toBe(1)
})

test('[X7] without a hand: an owner from the environment logs in, and no link is printed', async () => {
  const { server } = await startFresh({
    OWNER_EMAIL: 'olga@example.com',
    OWNER_PASSWORD: 'correct horse battery',
  })
  expect(server.setupLink()).toBeNull()
  const { page, complaints } = await openPage()
  complaints.allow(/status of 401.*\/api\/v1\/session$/)
  await page.goto(`http://localhost:${server.port}/`)
  await page.getByRole('textbox', { name: 'E-mail' }).fill('olga@example.com')
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong horse')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('region', { name: 'Unassigned' }).waitFor()

  // The sample shop carries the widget that is already there.
  await page.goto(`http://localhost:${server.port}/demo`)
  await page.getByRole('button', { name: /chat/i }).click()
  await page.frameLocator('foyer-messenger iframe').getByRole('textbox', { name: 'Message' }).waitFor()
})
