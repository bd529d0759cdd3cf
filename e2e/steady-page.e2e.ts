import type { Frame, Page } from 'playwright-core'
import { expect } from 'vitest'
import { one } from './world/meeting.ts'
import { test as base } from './world/scene.ts'

const test = base.extend({ moving: true })

type Shifts = { foyerShifts: string[] }

/** Writes down in each page and frame what moves by itself, and from where to where. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept = globalThis as unknown as Shifts
    kept.foyerShifts = []
    type Shift = PerformanceEntry & {
      value: number
      hadRecentInput: boolean
      sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[]
    }
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries() as Shift[])
        if (!hadRecentInput && value >= 0.0005)
          for (const { node, previousRect: from, currentRect: to } of sources)
            kept.foyerShifts.push(
              `${value.toFixed(4)} ${node?.nodeName} "${node?.textContent?.slice(0, 30)}" ${from.x},${from.y} → ${to.x},${to.y}`,
            )
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

/** What has moved in a frame so far, once all has come and settled. */
async function shiftsOf(frame: Frame): Promise<string[]> {
  await frame.evaluate(() => document.fonts.ready)
  await frame.page().waitForTimeout(700)
  return frame.evaluate(() => (globalThis as unknown as Shifts).foyerShifts)
}

test('[N2 N3 N10] nothing moves while a page of the Message Center comes', async ({ scene }) => {
  const company = await scene.company('Anna Berg', 'Ben Cole')
  const anna = one(company.operators)
  const talk = await scene.build.conversation({ widget: company.widget, assignee: anna })
  for (let index = 0; index < 12; index++) {
    await scene.build.happen(talk, { kind: 'contact_wrote' }, `Question ${index}: is it still on its way?`)
    await scene.build.happen(
      talk,
      { kind: 'operator_wrote', by: anna.id },
      'It is, see https://example.com/a.',
    )
  }
  for (let index = 0; index < 12; index++)
    await scene.build.conversation({ widget: company.widget, assignee: index % 2 ? anna : null })
  const desk = await scene.desk(anna)
  await watchShifts(desk.page)
  const moved: string[] = []
  for (const path of [
    '/inbox',
    `/inbox/${talk.id}`,
    '/conversations',
    '/notifications',
    '/operators',
    '/settings/profile',
    '/settings/notifications',
    '/settings/team',
    '/settings/roles',
    '/settings/messenger',
  ]) {
    await desk.page.goto(scene.origin + path)
    await desk.page.getByRole('heading').first().waitFor()
    for (const shift of await shiftsOf(desk.page.mainFrame())) moved.push(`${path}: ${shift}`)
  }
  expect(moved).toEqual([])
})

test('[X2] nothing moves while the messenger comes, on the page around it neither', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const visitor = await scene.visitor(company.widget)
  await watchShifts(visitor.page)
  await visitor.page.reload()
  await visitor.open()
  const moved: string[] = []
  for (const frame of visitor.page.frames()) moved.push(...(await shiftsOf(frame)))
  expect(moved).toEqual([])
})
