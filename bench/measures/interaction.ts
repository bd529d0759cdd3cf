import { type CDPSession, chromium, type Page } from 'playwright-core'
import { lightBrowserPath } from '../../browser-path.ts'
import { openDatabase } from '../../server/src/platform/db/database.ts'
import type { BuiltConversation } from '../../server/src/testing/build.ts'
import { logIn } from '../faults/actors.ts'
import { bySize } from '../faults/fault.ts'
import { summarize } from '../stage/figures.ts'
import { openOwned } from '../stage/owned.ts'
import { type Stage, startStage } from '../stage/stage.ts'
import { type Bench, type Measure, short } from './measure.ts'

/** As a laptop of some years ago compares with a new one. */
const slowdown = 4
const conversations = 200

/**
 * What an operator feels: how long after a key or a press the screen has changed (the browser's own event timing, as
 * "interaction to next paint" is defined), and how much moved while the page came.
 */
export const interaction: Measure = {
  name: 'interaction',
  title: `interaction to next paint with the processor ${slowdown} times slower`,
  async run(bench) {
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const entries = bySize(bench.options.size, { test: 200, small: 2_000, full: 2_000 })
    const long = await fill(stage, entries)
    const browser = await chromium.launch({ executablePath: lightBrowserPath(), args: ['--no-sandbox'] })
    acquired.defer(() => browser.close())
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const origin = stage.nodes[0]?.origin ?? ''
    const [name = '', value = ''] = (await logIn(origin, stage.owner)).split('=')
    await context.addCookies([{ name, value, url: origin }])
    await context.addInitScript(observe)
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await slow(devtools)

    await page.goto(`${origin}/inbox`)
    await page.getByRole('region', { name: 'Mine' }).getByRole('listitem').first().waitFor()
    await page.waitForTimeout(1_500)
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    )
    bench.tell('first paint of the inbox', `${Math.round(paint ?? 0)} ms`)
    bench.aim('layout shift while it loads', short(await shiftOf(page)), { atMost: 0.01, unit: '' })

    const times = bySize(bench.options.size, { test: 5, small: 20, full: 40 })
    report(
      bench,
      'inbox, J and K',
      await timed(page, () => press(page, times, (turn) => (turn % 5 < 4 ? 'j' : 'k'))),
    )
    await page.goto(`${origin}/inbox/${long}`)
    const field = page.locator('article [contenteditable][role="textbox"]')
    await field.first().waitFor()
    await page.waitForTimeout(1_500)
    report(
      bench,
      `a key in the composer, ${entries} entries above`,
      await timed(page, async () => {
        await field.first().click()
        await press(page, times, (turn) => 'the kettle is on its way '[turn % 25] ?? 'a')
      }),
    )
    await field.first().fill('The kettle is on its way. '.repeat(770))
    report(
      bench,
      'a key in the composer, 20,000 signs in it',
      await timed(page, async () => {
        await field.first().press('End')
        await press(page, times, (turn) => 'the kettle'[turn % 10] ?? 'a')
      }),
    )
    await field.first().fill('')
    report(
      bench,
      'palette, opened and typed into',
      await timed(page, async () => {
        await page.keyboard.press('Control+k')
        await page
          .getByRole('dialog')
          .getByRole('combobox')
          .or(page.getByRole('dialog').locator('input'))
          .first()
          .waitFor()
        await press(page, times, (turn) => 'inbox settings conv'[turn % 19] ?? 'a')
      }),
    )
  },
}

function report(bench: Bench, name: string, durations: readonly number[]): void {
  const { count, p50, p95 } = summarize(durations)
  bench.tell(`${name}, p50 of ${count}`, `${Math.round(p50)} ms`)
  bench.aim(`${name}, p95`, Math.round(p95), { atMost: 100, unit: 'ms' })
}

async function press(page: Page, times: number, key: (turn: number) => string): Promise<void> {
  for (let turn = 0; turn < times; turn++) {
    const pressed = key(turn)
    await page.keyboard.press(pressed === ' ' ? 'Space' : pressed)
    await page.waitForTimeout(120)
  }
}

/** Milliseconds from each interaction to the next paint after it. */
async function timed(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => (globalThis as unknown as Observed).foyerSeen.splice(0))
  await work()
  await page.waitForTimeout(800)
  return page.evaluate(() => {
    const longest = new Map<number, number>()
    for (const { id, ms } of (globalThis as unknown as Observed).foyerSeen)
      longest.set(id, Math.max(ms, longest.get(id) ?? 0))
    return [...longest.values()]
  })
}

type Observed = { foyerSeen: { id: number; ms: number }[]; foyerShift: number }

/** Runs in the page: what the browser measures of interactions and of things that move by themselves. */
function observe(): void {
  const seen = globalThis as unknown as Observed
  seen.foyerSeen = []
  seen.foyerShift = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[])
      if (entry.interactionId) seen.foyerSeen.push({ id: entry.interactionId, ms: entry.duration })
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number
      hadRecentInput: boolean
    })[])
      if (!entry.hadRecentInput) seen.foyerShift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
}

const shiftOf = (page: Page) => page.evaluate(() => (globalThis as unknown as Observed).foyerShift)

const slow = (devtools: CDPSession) => devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })

/** Conversations of the owner and of nobody, the last of them long; answers its id. */
async function fill(stage: Stage, entries: number): Promise<string> {
  const database = openDatabase({ url: stage.databaseUrl, size: 4, onIdleError: () => undefined })
  const { build, converse } = await openOwned(stage, database)
  let last: BuiltConversation | null = null
  for (let count = 0; count < conversations; count++) {
    last = await converse({ contactName: `Contact ${count}`, taken: count % 3 !== 0 })
    await build.happen(
      last,
      { kind: 'contact_wrote' },
      'Where is my parcel? It should have been here on Monday.',
    )
  }
  if (!last) throw new Error('There is no conversation.')
  for (let count = 0; count < entries; count++) {
    if (count % 2 === 0)
      await build.happen(last, { kind: 'operator_wrote', by: stage.owner.id }, `Answer ${count}.`)
    else await build.happen(last, { kind: 'contact_wrote' }, `Question ${count}, a little longer than that.`)
  }
  await database.close()
  return last.id
}
