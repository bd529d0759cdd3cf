import { expect } from 'vitest'
import { findings } from './world/barriers.ts'
import { soon } from './world/compare.ts'
import { one } from './world/meeting.ts'
import { type Scene, test } from './world/scene.ts'

test('[N10] a setting is found by its words, by keyboard, and marked where it stands', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators), { path: '/settings/profile' })
  const { page } = desk
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('repeat')
  // What belongs to everybody is not hers to see.
  const found = page.getByRole('menu', { name: 'Settings found' })
  await found.getByRole('menuitem', { name: /^Repeat every/ }).waitFor()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('volu')
  await found.getByRole('menuitem', { name: /^Volume/ }).waitFor()
  expect(await found.locator('mark').first().textContent()).toBe('Volu')
  await soon(() => found.locator('[data-focused]').count()).toBe(1)
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Enter')
  await soon(() => new URL(page.url()).pathname).toBe('/settings/notifications')
  const slider = page.getByRole('slider', { name: 'Volume' })
  await soon(() => slider.evaluate((input) => input === document.activeElement)).toBe(true)
  await page.locator('[data-marked]').filter({ has: slider }).waitFor()
  await soon(() => page.locator('[data-marked]').count(), 5_000).toBe(0)
  await page.getByRole('navigation', { name: 'Sections' }).waitFor()
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('qqqq')
  await page.getByText('No setting matches').waitFor()
})

test('[N10] what is unsaved says so until it is saved or taken back', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators), { path: '/settings/profile' })
  const { page } = desk
  const alias = page.getByRole('textbox', { name: 'Name for contacts' })
  await alias.waitFor()
  expect(await desk.button('Save').count()).toBe(0)
  await alias.fill('Annie')
  await page.getByText('Unsaved changes').waitFor()
  const bar = await desk.button('Save').boundingBox()
  expect(bar && bar.y + bar.height).toBeLessThanOrEqual(page.viewportSize()?.height ?? 0)
  await desk.button('Discard').click()
  await soon(() => alias.inputValue()).toBe('')
  expect(await desk.button('Save').count()).toBe(0)
  await alias.fill('Annie')
  await desk.button('Save').click()
  await page.getByText('Unsaved changes').waitFor({ state: 'hidden' })
  await page.reload()
  await soon(() => alias.inputValue()).toBe('Annie')
})

test('[N1 N10] Compact shows fourteen conversations at 900 pixels, in every tab at once', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const anna = one(company.operators)
  for (let number = 0; number < 24; number++)
    await scene.build.conversation({ widget: company.widget, assignee: anna, text: `Question ${number}` })
  const viewport = { width: 1440, height: 900 }
  const desk = await scene.desk(anna, { path: '/inbox', viewport })
  const comfortable = await rowsInView(desk)
  expect(comfortable).toBeGreaterThan(5)
  expect(comfortable).toBeLessThan(14)
  const settings = await desk.page.context().newPage()
  await settings.goto(`${scene.origin}/settings/appearance`)
  await settings.getByRole('radio', { name: 'Compact' }).check({ force: true })
  await soon(() => rowsInView(desk)).toBeGreaterThanOrEqual(14)
  await desk.page.reload()
  await soon(() => rowsInView(desk)).toBeGreaterThanOrEqual(14)
  await settings.getByRole('radio', { name: 'Comfortable' }).check({ force: true })
  await soon(() => rowsInView(desk)).toBe(comfortable)
})

/** How many rows of the inbox can be seen whole in what scrolls. */
async function rowsInView(desk: Awaited<ReturnType<Scene['desk']>>): Promise<number> {
  const rows = desk.page.getByRole('list', { name: 'Mine' }).getByRole('link')
  await rows.first().waitFor()
  return await rows.evaluateAll((links) => {
    const scrollerOf = (element: Element | null): Element | null =>
      !element || /auto|scroll/.test(getComputedStyle(element).overflowY)
        ? element
        : scrollerOf(element.parentElement)
    const area = scrollerOf(links[0]?.parentElement ?? null)?.getBoundingClientRect()
    return links.filter((link) => {
      const { top, bottom } = link.getBoundingClientRect()
      return area && top >= area.top && bottom <= area.bottom
    }).length
  })
}
