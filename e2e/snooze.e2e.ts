import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import { meet } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[I17] what is put off leaves Mine for Snoozed, is found, and is there again when the contact writes', async ({
  scene,
}) => {
  const { company, desk, visitor, id } = await meet(scene)
  const ben = await scene.build.operator({ organizationId: company.organization.id, name: 'Ben Cole' })
  const colleague = await scene.desk(ben, { path: `/conversations/${id}` })
  await desk.say('I will ask and come back to you')
  await visitor.message('I will ask and come back to you').waitFor()
  await desk.button('Snooze').click()
  await desk.page.getByRole('menuitem', { name: 'Tomorrow morning' }).click()
  await colleague.log.getByText(/Anna Berg snoozed this conversation until .*9:00/).waitFor()
  const snoozed = desk.page.getByRole('region', { name: 'Snoozed', exact: true })
  await snoozed.getByRole('button', { name: /Snoozed/ }).click()
  await snoozed
    .locator(`a[href="/inbox/${id}"]`)
    .getByText(/Back .*9:00/)
    .waitFor()
  expect(await desk.section('Mine').locator(`a[href="/inbox/${id}"]`).count()).toBe(0)
  await soon(() => desk.section('Mine').getByRole('button', { name: /^Mine/ }).textContent()).toBe('Mine0')

  await desk.page.goto(`${scene.origin}/conversations?search=dishwasher`)
  await desk.page.getByRole('main').getByText('SNOOZED').first().waitFor()
  expect(await visitor.frame.locator('body').textContent()).not.toMatch(/snooz/i)

  await desk.show(id)
  await visitor.say('I have found it myself')
  await desk.section('Mine').locator(`a[href="/inbox/${id}"]`).waitFor()
  await soon(() => snoozed.count()).toBe(0)
})

test('[I17] it comes back by itself when its time has come, as one that is open, over a reload too', async ({
  scene,
}) => {
  const { desk, visitor, id } = await meet(scene)
  await desk.say('I will see to it')
  await visitor.message('I will see to it').waitFor()
  await desk.button('Snooze').click()
  await desk.page.getByRole('menuitem', { name: 'Date and time…' }).click()
  const dialog = desk.page.getByRole('dialog', { name: 'Snooze until' })
  await dialog.getByLabel('Date and time').fill('2020-01-01T09:00')
  await dialog.getByRole('button', { name: 'Snooze' }).click()
  await dialog.getByText('Choose a moment that is still to come.').waitFor()
  await dialog.getByLabel('Date and time').fill('2099-05-04T09:30')
  await dialog.getByRole('button', { name: 'Snooze' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await desk.page.getByRole('region', { name: 'Snoozed', exact: true }).waitFor()
  await desk.page.reload()
  await desk.page.getByRole('region', { name: 'Snoozed', exact: true }).waitFor()
  await scene.sql(
    `update conversations set snoozed_until = clock_now() + interval '1 second' where id = $1`,
    [id],
  )
  await desk.section('Mine').locator(`a[href="/inbox/${id}"]`).waitFor()
  await desk.show(id)
  await desk.log.getByText('This conversation is back from snoozing').waitFor()
  await desk.button('State: OPEN').waitFor()
})

test('[I17] it is brought back by hand with the keyboard alone', async ({ scene }) => {
  const { desk, id } = await meet(scene)
  const { page } = desk
  await desk.button('Snooze').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'In one hour' }).waitFor()
  await page.keyboard.press('Enter')
  await desk.show(id)
  await desk.button('State: SNOOZED').waitFor()
  await desk.button('Snooze').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Bring back now' }).waitFor()
  await page.keyboard.press('Enter')
  await desk.log.getByText('You brought this conversation back').waitFor()
  await desk.section('Mine').locator(`a[href="/inbox/${id}"]`).waitFor()
})
