import { expect } from 'vitest'
import { findings } from './world/barriers.ts'
import { soon } from './world/compare.ts'
import { one } from './world/meeting.ts'
import { test as base } from './world/scene.ts'

const test = base.extend({ moving: true })

test('[N2] the palette finds people, settings and what was opened last, and what comes later moves nothing', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg', 'Ben Cole')
  const [anna] = company.operators
  if (!anna) throw new Error('The company has operators.')
  const organizationId = company.organization.id
  await scene.build.group({ organizationId, name: 'Bendable goods', members: [anna] })
  const contact = await scene.build.contact({ organizationId, name: 'Béatrice Ngo' })
  const hers = await scene.build.conversation({ contact, widget: company.widget, assignee: anna })
  const other = await scene.build.conversation({
    widget: company.widget,
    assignee: anna,
    text: 'Where is my bench?',
  })
  const desk = await scene.desk(anna, { path: '/inbox' })
  const { page } = desk
  await desk.row(hers.id).click()
  await desk.log.waitFor()
  await desk.row(other.id).click()
  await soon(() => page.url()).toContain(other.id)

  const palette = page.getByRole('dialog', { name: 'Open the command menu' })
  const open = async (words = '') => {
    await page.keyboard.press('Control+k')
    await palette.waitFor()
    if (words) await page.keyboard.type(words)
  }
  // What is open now is no place to go to.
  await open()
  const recent = palette.getByRole('group', { name: 'Recently opened' })
  await recent.getByRole('menuitem', { name: /Béatrice Ngo/ }).waitFor()
  expect(await recent.getByRole('menuitem').count()).toBe(1)
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Enter')
  await soon(() => page.url()).toContain(hers.id)

  // The search of the server waits: what is held is there without it, and stays where it is when that has come.
  let go = () => {}
  const held = new Promise<void>((resolve) => {
    go = resolve
  })
  await page.route(/conversations\?.*search=/, async (route) => {
    await held
    await route.continue()
  })
  await open('ben')
  const people = palette.getByRole('group', { name: 'People' })
  await people.getByRole('menuitem', { name: /^Ben Cole/ }).waitFor()
  await people.getByRole('menuitem', { name: /^Bendable goods/ }).waitFor()
  await palette.getByText('Searching…').waitFor()
  const before = await palette.getByRole('menuitem').allTextContents()
  const marked = () => palette.locator('[data-focused]').textContent()
  await page.keyboard.press('ArrowDown')
  await soon(marked).toContain('Bendable')
  go()
  await palette.getByText('Searching…').waitFor({ state: 'hidden' })
  expect((await palette.getByRole('menuitem').allTextContents()).slice(0, before.length)).toEqual(before)
  expect(await marked()).toContain('Bendable')
  await page.keyboard.press('End')
  await soon(marked).not.toContain('Bendable')
  await page.keyboard.press('Home')
  await soon(marked).toContain('Ben Cole')
  expect(await palette.locator('mark').first().textContent()).toBe('Ben')
  await page.keyboard.press('Escape')

  await open('beatr')
  await palette
    .getByRole('menuitem', { name: /^Béatrice Ngo/ })
    .first()
    .waitFor()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('volume')
  await soon(marked).toContain('Volume')
  await page.keyboard.press('Enter')
  await soon(() => page.url()).toContain('/settings/notifications#signs.volume')

  // A reload has read none of them: they are fetched by their ids.
  await page.reload()
  await page.getByRole('navigation').first().waitFor()
  await open()
  await recent.getByRole('menuitem', { name: /Béatrice Ngo/ }).waitFor()
  expect(await recent.getByRole('menuitem').count()).toBe(2)
  await page.keyboard.press('Escape')
})

test('[N2] where the search fails, the palette says so and what is held still works', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators), { path: '/inbox' })
  const { page } = desk
  // Each letter that is typed after a pause is searched for, and what was refused is written down by the browser.
  desk.complaints.allow(/status of 400.*[?&]search=/)
  await page.route(/conversations\?.*search=/, (route) =>
    route.fulfill({ status: 400, json: { error: { code: 'request.invalid' } } }),
  )
  await page.getByRole('navigation').first().waitFor()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Open the command menu' })
  await palette.waitFor()
  await page.keyboard.type('zzzz')
  await palette.getByText('Nothing here matches').waitFor()
  await palette.getByText(/couldn’t be searched/).waitFor()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('compact')
  await palette.getByRole('menuitem', { name: /^Search all/ }).waitFor()
})
