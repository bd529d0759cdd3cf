import { expect } from 'vitest'
import { findings } from './world/barriers.ts'
import { meet } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[T6] a blocked contact is told politely and can write again once that is over', async ({ scene }) => {
  const { desk, visitor } = await meet(scene)
  await desk.details.getByRole('button', { name: 'Block', exact: true }).click()
  const dialog = desk.page.getByRole('dialog', { name: /^Block Visitor / })
  await dialog.waitFor()
  expect(await findings(desk.page), 'asking why').toEqual([])
  await dialog.getByRole('button', { name: 'Block', exact: true }).click()
  await dialog.getByText('Say why, so that your colleagues know.').waitFor()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Insults')
  await dialog.getByRole('button', { name: /For how long/ }).click()
  await desk.page.getByRole('option', { name: '1 week' }).click()
  await dialog.getByRole('button', { name: 'Block', exact: true }).click()

  await dialog.waitFor({ state: 'hidden' })
  const shown = desk.details.getByRole('region', { name: 'Blocked' })
  await shown.getByText('Insults').waitFor()
  await shown.getByText(/^By Me/).waitFor()
  await desk.log.getByText(/You blocked this contact until .*: Insults/).waitFor()
  await desk.page.getByText('This contact is blocked.').waitFor()
  expect(await findings(desk.page), 'blocked').toEqual([])

  await visitor.frame.getByText('has paused this conversation').waitFor()
  await visitor.frame.getByText('We can’t take new messages from you here for now.').waitFor()
  expect(await visitor.input.count()).toBe(0)
  expect(await visitor.frame.getByText('Insults').count()).toBe(0)
  expect(await findings(visitor.page, 'foyer-messenger'), 'told').toEqual([])
  await visitor.page.reload()
  await visitor.frame.getByText('We can’t take new messages from you here for now.').waitFor()
  await visitor.message('Is the mug dishwasher safe?').waitFor()

  await desk.details.getByRole('button', { name: 'Unblock', exact: true }).click()
  await visitor.frame.getByText('You can write here again').waitFor()
  await visitor.say('Sorry about that')
  await desk.message('Sorry about that').waitFor()
})
