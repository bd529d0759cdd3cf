import { expect } from 'vitest'
import { expectScreensEqualDatabase, soon } from './world/compare.ts'
import { meet, one } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[A2 O1] a colleague who is given a conversation is shown it, with the note; the contact hears when they look', async ({
  scene,
}) => {
  const { desk, visitor, id, company } = await meet(scene)
  const { organizationId } = desk.operator
  const bruno = await scene.build.operator({ organizationId, name: 'Bruno Costa' })
  const colleague = await scene.desk(bruno)
  await desk.say('One moment, please.')
  await visitor.message('One moment, please.').waitFor()
  await desk.page.keyboard.press('Escape')
  await desk.page.keyboard.press('n')
  await desk.page.getByRole('textbox', { name: 'Note' }).fill('Wants the blue one')
  await desk.button('Add note').click()
  await desk.log.getByText('Wants the blue one').waitFor()
  await desk.button(/^Assigned to/).focus()
  await desk.page.keyboard.press('a')
  const people = desk.page.getByRole('dialog', { name: 'Assign to…' })
  await people.waitFor()
  await desk.page.keyboard.type('bru')
  await people.getByRole('menuitem', { name: 'Bruno Costa' }).waitFor()
  await desk.page.keyboard.press('Enter')
  await desk.log.getByText('You assigned this to Bruno Costa').waitFor()

  const row = colleague.section('Mine').locator(colleague.row(id))
  await row.getByText('from Anna Berg').waitFor()
  await row.getByText('Anna Berg: Wants the blue one').waitFor()
  await colleague.page.getByText('1 unread', { exact: true }).first().waitFor({ state: 'attached' })
  const toast = colleague.page.getByRole('status').filter({ hasText: 'Anna Berg assigned the conversation' })
  await toast.waitFor()
  expect(await visitor.frame.getByText('Bruno Costa has joined the conversation').count()).toBe(0)
  await toast.getByRole('button', { name: 'Open' }).click()
  await colleague.button('State: OPEN').waitFor()
  await visitor.frame.getByText('Bruno Costa has joined the conversation').waitFor()
  await soon(() => row.getByText('from Anna Berg').count()).toBe(0)
  await colleague.letGo()
  await expectScreensEqualDatabase(scene, { conversationId: id, desk: colleague, messenger: visitor })
  expect(one(company.operators).id).toBe(desk.operator.id)
})

test('[A2 O1] taking from a colleague asks by name and tells them; whose role does not allow it is offered nothing', async ({
  scene,
}) => {
  const { desk, id } = await meet(scene)
  const { organizationId } = desk.operator
  // Whoever has it open has read what tells of it.
  await desk.page.goto(`${desk.origin}/operators`)
  const manager = await scene.build.operator({ organizationId, name: 'Mia Wolf', role: 'manager' })
  const theirs = await scene.desk(manager, { path: `/inbox/${id}` })
  await theirs.log.waitFor()
  await theirs.page.keyboard.press('Shift+A')
  const asked = theirs.page.getByRole('dialog', { name: 'Take over from Anna Berg?' })
  await asked.waitFor()
  await asked.getByRole('button', { name: 'Cancel' }).click()
  await asked.waitFor({ state: 'hidden' })
  expect(await theirs.input.count()).toBe(0)
  // The question is gone from the page only after it has faded.
  await soon(() => theirs.button('Take over').count()).toBe(1)
  await theirs.button('Take over').click()
  await asked.getByRole('button', { name: 'Take over' }).click()
  await theirs.input.waitFor()
  await desk.page.getByText('1 unread notification').waitFor({ state: 'attached' })
  await desk.page.getByRole('link', { name: /Notifications/ }).click()
  await desk.page.getByText(/^Mia Wolf took over your conversation/).waitFor()

  const roleId = await scene.build.role({ organizationId, rights: [] })
  const guest = await scene.build.operator({ organizationId, name: 'Gus Hill', roleId })
  const seen = await scene.desk(guest, { path: `/inbox/${id}` })
  await seen.log.waitFor()
  await seen.page.getByText('Mia Wolf has this conversation').waitFor()
  expect(await seen.button('Take over').count()).toBe(0)
})
