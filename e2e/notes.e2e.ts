import { expect } from 'vitest'
import { soon, written } from './world/compare.ts'
import { meet } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[P9 C11] a colleague’s note stands in the conversation, can be changed and deleted, and the contact never has it', async ({
  scene,
}) => {
  const { company, desk, visitor, id } = await meet(scene)
  const ben = await scene.build.operator({ organizationId: company.organization.id, name: 'Ben Cole' })
  const colleague = await scene.desk(ben, { path: `/inbox/${id}` })
  await colleague.page.getByText('Anna Berg has this conversation.').waitFor()
  await colleague.letGo()
  await colleague.page.keyboard.press('n')
  const field = colleague.page.getByRole('textbox', { name: 'Note' })
  await field.fill('Prefers calls in the morning')
  await field.press('Enter')
  const shown = desk.page.getByRole('region', { name: 'Note by Ben Cole' })
  await shown.getByText('Prefers calls in the morning').waitFor()
  expect(await shown.getByRole('button').count(), 'it is not hers to change').toBe(0)

  const own = colleague.page.getByRole('region', { name: 'Your note' })
  await own.getByRole('button', { name: 'Edit note' }).click()
  await own.getByRole('textbox').fill('Prefers calls in the afternoon')
  await own.getByRole('button', { name: 'Save' }).click()
  await shown.getByText('Prefers calls in the afternoon').waitFor()
  await shown.getByText('edited').waitFor()
  await visitor.say('Are you still there?')
  await own.getByRole('button', { name: 'Delete note' }).click()
  await colleague.page.getByRole('dialog').getByRole('button', { name: 'Delete note' }).click()
  await desk.log.getByText('Ben Cole deleted a note').waitFor()
  await soon(() => desk.log.textContent()).not.toContain('afternoon')
  expect(await visitor.log.textContent()).not.toMatch(/calls|note/i)
})

test('[O1 N6 P9] who is named in a note reads of it at once, and it leads to the conversation', async ({
  scene,
}) => {
  const { company, desk, id } = await meet(scene)
  const ben = await scene.build.operator({ organizationId: company.organization.id, name: 'Ben Cole' })
  const colleague = await scene.desk(ben)
  await desk.page.getByRole('radio', { name: 'Note' }).click()
  const field = desk.page.getByRole('textbox', { name: 'Note' })
  await field.pressSequentially('Please call back, @be')
  await desk.page.getByRole('option', { name: 'Ben Cole' }).waitFor()
  await field.press('Enter')
  expect(await written(field)).toBe('Please call back, @Ben Cole ')
  await field.press('Enter')
  await desk.page.getByRole('region', { name: 'Your note' }).getByText('@Ben Cole').waitFor()

  await colleague.page.getByText('1 unread notification').waitFor({ state: 'attached' })
  await colleague.page.getByRole('link', { name: /^Notifications/ }).click()
  const told = colleague.page.getByRole('list', { name: 'Notifications' }).getByRole('link')
  await told.getByText('Anna Berg mentioned you in a note').waitFor()
  await told.click()
  await colleague.page.getByRole('region', { name: 'Note by Anna Berg' }).waitFor()
  expect(new URL(colleague.page.url()).pathname).toBe(`/conversations/${id}`)
  await soon(() => colleague.page.getByText('1 unread notification').count()).toBe(0)
})
