import type { CDPSession } from 'playwright-core'
import { openDatabase } from '../../server/src/platform/db/database.ts'
import type { BuiltConversation } from '../../server/src/testing/build.ts'
import { bySize } from '../faults/fault.ts'
import { summarize } from '../stage/figures.ts'
import { openOperatorPage, press, shiftOf, timed } from '../stage/operator-page.ts'
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
    const { page, origin, close } = await openOperatorPage(stage)
    acquired.defer(close)
    await slow(await page.context().newCDPSession(page))

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
