import { chromium, type Page } from 'playwright-core'
import { lightBrowserPath } from '../../browser-path.ts'
import { logIn } from '../faults/actors.ts'
import type { Stage } from './stage.ts'

/** The stage's owner before a browser that measures what they feel; closed by `close`. */
export async function openOperatorPage(
  stage: Stage,
): Promise<{ page: Page; origin: string; close: () => Promise<void> }> {
  const browser = await chromium.launch({ executablePath: lightBrowserPath(), args: ['--no-sandbox'] })
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const origin = stage.nodes[0]?.origin ?? ''
  const [name = '', value = ''] = (await logIn(origin, stage.owner)).split('=')
  await context.addCookies([{ name, value, url: origin }])
  await context.addInitScript(observe)
  return { page: await context.newPage(), origin, close: () => browser.close() }
}

/** Presses so many keys, one after the other, as fast as a hand. */
export async function press(page: Page, times: number, key: (turn: number) => string): Promise<void> {
  for (let turn = 0; turn < times; turn++) {
    const pressed = key(turn)
    await page.keyboard.press(pressed === ' ' ? 'Space' : pressed)
    await page.waitForTimeout(120)
  }
}

/** Milliseconds from each interaction to the next paint after it; those below 16 are not among them. */
export async function timed(page: Page, work: () => Promise<void>): Promise<number[]> {
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

/** How much has moved by itself since the page began, as layout shift is defined. */
export const shiftOf = (page: Page) => page.evaluate(() => (globalThis as unknown as Observed).foyerShift)
