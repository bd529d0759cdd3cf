import { plainTextOf } from '@foyer/contract/rich-text/plain.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import type { Page } from 'playwright-core'
import { openDatabase } from '../../server/src/platform/db/database.ts'
import { bySize } from '../faults/fault.ts'
import { summarize } from '../stage/figures.ts'
import { openOperatorPage, press, timed } from '../stage/operator-page.ts'
import { openOwned } from '../stage/owned.ts'
import { type Stage, startStage } from '../stage/stage.ts'
import type { Measure } from './measure.ts'

/** What the browser does not report takes less than this. */
const unreported = 16

/** What it is to write and to read what is formatted, on a processor as it is. */
export const writing: Measure = {
  name: 'writing',
  title: 'keys in the composer, and a log of formatted messages',
  async run(bench) {
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const messages = bySize(bench.options.size, { test: 100, small: 2_000, full: 2_000 })
    const { formatted, short } = await fill(stage, messages)
    const { page, origin, close } = await openOperatorPage(stage)
    acquired.defer(close)
    const field = page.locator('article [contenteditable][role="textbox"]').first()

    // The list first, so that what is loaded beside it is there.
    await page.goto(`${origin}/inbox`)
    await page.getByRole('region', { name: 'Mine' }).getByRole('listitem').first().waitFor()
    await page.waitForTimeout(1_500)
    const firsts: number[] = []
    for (const id of [short, formatted, short, formatted, short]) {
      await page.locator(`a[href="/inbox/${id}"]`).first().click()
      await page.locator('article [role="textbox"], article textarea').first().click()
      firsts.push(...whole(await timed(page, () => press(page, 1, () => 'a')), 1))
      await page.keyboard.press('Backspace')
    }
    const first = Math.max(...firsts)
    bench.aim('first key after a conversation was opened, worst of five', first, { atMost: 100, unit: 'ms' })

    const times = bySize(bench.options.size, { test: 5, small: 60, full: 120 })
    await field.waitFor()
    await field.fill('The kettle is on its way. '.repeat(770))
    await field.press('End')
    const keys = whole(
      await timed(page, () => press(page, times, (turn) => 'kettle'[turn % 6] ?? 'a')),
      times,
    )
    bench.aim('a key with 20,000 signs above it, p95', summarize(keys).p95, { atMost: 16, unit: 'ms' })
    await field.fill('')

    await page.goto(`${origin}/inbox/${formatted}`)
    await page.locator('[role="log"]').waitFor()
    await page.waitForTimeout(1_500)
    const tasks = await scrollThrough(page)
    bench.tell('scrolled', `${tasks.pixels} pixels of ${messages} formatted messages`)
    bench.aim('long tasks while it is scrolled', tasks.long.length, { atMost: 0, unit: 'over 50 ms' })
    bench.tell('the longest of them', `${Math.round(Math.max(0, ...tasks.long))} ms`)
  },
}

/** With those that were too short to be reported. */
function whole(reported: readonly number[], all: number): number[] {
  return [...reported, ...Array<number>(Math.max(0, all - reported.length)).fill(unreported)]
}

/** Turns the wheel from the newest message to the first one, as far as it goes. */
async function scrollThrough(page: Page): Promise<{ long: number[]; pixels: number }> {
  await page.evaluate(() => {
    const seen = globalThis as unknown as { foyerLong: number[] }
    seen.foyerLong = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.foyerLong.push(entry.duration)
    }).observe({ type: 'longtask' })
  })
  await page.locator('[role="log"]').hover()
  let pixels = 0
  for (let turn = 0; turn < 600; turn++) {
    await page.mouse.wheel(0, -400)
    pixels += 400
    await page.waitForTimeout(40)
    if (turn % 20 === 19 && (await page.getByText('Start of the conversation').isVisible())) break
  }
  return page.evaluate(
    (scrolled) => ({ long: (globalThis as unknown as { foyerLong: number[] }).foyerLong, pixels: scrolled }),
    pixels,
  )
}

/** Of each kind of part some, so that no two messages beside each other are alike. */
function formattedText(count: number): RichText {
  const kinds: RichText = [
    { type: 'paragraph', runs: [{ text: `Answer ${count}: ` }, { text: 'in the post', bold: true }] },
    {
      type: 'bullets',
      items: [
        [{ type: 'paragraph', runs: [{ text: 'two lids', italic: true }] }],
        [
          {
            type: 'paragraph',
            runs: [{ text: 'one kettle, ' }, { text: 'as seen here', link: 'https://shop.example/kettle' }],
          },
        ],
      ],
    },
    { type: 'quote', blocks: [{ type: 'paragraph', runs: [{ text: 'Where is my parcel?' }] }] },
    { type: 'code', text: `parcel ${count}\nstatus: on its way` },
  ]
  return [kinds[0], kinds[1 + (count % 3)]].filter((block) => block !== undefined)
}

/** A conversation of so many formatted messages and a short one, both the owner's. */
async function fill(stage: Stage, messages: number): Promise<{ formatted: string; short: string }> {
  const database = openDatabase({ url: stage.databaseUrl, size: 4, onIdleError: () => undefined })
  const { build, converse } = await openOwned(stage, database)
  const short = await converse({ contactName: 'Short', taken: true })
  await build.happen(short, { kind: 'contact_wrote' }, 'Where is my parcel?')
  const formatted = await converse({ contactName: 'Formatted', taken: true })
  for (let count = 0; count < messages; count++) {
    const content = formattedText(count)
    if (count % 4 === 3) await build.happen(formatted, { kind: 'contact_wrote' }, `Question ${count}.`)
    else
      await build.happen(
        formatted,
        { kind: 'operator_wrote', by: stage.owner.id },
        plainTextOf(content),
        content,
      )
  }
  await database.close()
  return { formatted: formatted.id, short: short.id }
}
