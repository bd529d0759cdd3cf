import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import { one } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[N3] a hit shows the passage and leads to the message, however far up it stands, from the list and from the palette', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const anna = one(company.operators)
  const contact = await scene.build.contact({
    organizationId: company.organization.id,
    name: 'Élodie Martin',
  })
  const built = await scene.build.conversation({
    contact,
    widget: company.widget,
    assignee: anna,
    text: 'Ma <b>crème brûlée</b> MP-20421 n’est pas arrivée',
  })
  for (let number = 2; number <= 320; number++)
    await scene.build.happen(built, { kind: 'contact_wrote' }, `Line ${number}`)

  const desk = await scene.desk(anna, { path: '/conversations' })
  const inView = () =>
    desk.log.getByText('n’est pas arrivée').evaluateAll((lines) =>
      lines.some((line) => {
        const { top, bottom } = line.getBoundingClientRect()
        return top > 0 && bottom < innerHeight
      }),
    )
  await desk.page.getByRole('searchbox').fill('creme mp20421')
  const row = desk.page.getByRole('main').getByRole('link').filter({ hasText: 'Élodie Martin' })
  await row.locator('mark').first().waitFor()
  expect(await row.locator('mark').allTextContents()).toEqual(['crème', 'MP-20421'])
  // What was written is text, whatever it looks like.
  expect(await row.locator('b').count()).toBe(0)
  await row.click()
  await soon(inView).toBe(true)
  // It stays there, and the way down is the way through the whole log.
  await desk.page.waitForTimeout(1_000)
  expect(await inView()).toBe(true)
  expect(await desk.log.getByText('Line 300', { exact: true }).count()).toBe(1)

  await desk.page.goto(`${scene.origin}/inbox`)
  await desk.row(built.id).waitFor()
  await desk.page.keyboard.press('Control+k')
  await desk.page
    .getByRole('dialog')
    .getByRole('searchbox')
    .or(desk.page.getByRole('dialog').getByRole('textbox'))
    .fill('brulee')
  const hit = desk.page.getByRole('menuitem').filter({ hasText: 'Élodie Martin' })
  await hit.locator('mark').waitFor()
  await hit.click()
  await soon(inView).toBe(true)
})
