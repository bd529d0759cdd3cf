import { expect } from 'vitest'
import { newestConversation } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[I16 X1 X2] the settings let the contact pick a group, and the conversation goes to it', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const organizationId = company.organization.id
  const owner = await scene.build.operator({ organizationId, name: 'Olga Owner', role: 'owner' })
  const returns = await scene.build.group({ organizationId, name: 'Returns', members: company.operators })
  const desk = await scene.desk(owner, { path: '/settings/messenger' })
  await desk.button(/New conversations go to/).click()
  await desk.page.getByRole('option', { name: 'The group the contact picks' }).click()
  await desk.button('Save').click()
  await desk.page.getByRole('alert').getByText('Choose the group').waitFor()
  expect(desk.complaints.list.splice(0)).toEqual([expect.stringContaining('status of 400')])
  await desk.page.getByRole('switch', { name: 'Returns' }).press('Space')
  await desk.button('Save').click()
  await desk.page.getByText('Saved').waitFor()

  const visitor = await scene.visitor(company.widget)
  await visitor.open()
  await visitor.frame.getByRole('radio', { name: 'Returns' }).check({ force: true })
  await visitor.say('It does not fit')
  const id = await newestConversation(scene, company)
  const [row] = await scene.sql<{ group_id: string }>('select group_id from conversations where id = $1', [
    id,
  ])
  expect(row?.group_id).toBe(returns)
})
