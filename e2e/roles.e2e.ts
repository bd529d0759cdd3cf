import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import { test } from './world/scene.ts'

test('[X7] a role made and given in the settings holds for a colleague who is connected, within two seconds', async ({
  scene,
}) => {
  const company = await scene.company()
  const organizationId = company.organization.id
  const owner = await scene.build.operator({ organizationId, name: 'Olga Owner', role: 'owner' })
  const colleague = await scene.build.operator({ organizationId, name: 'Ann Admin', role: 'admin' })
  const theirs = await scene.desk(colleague, { path: '/settings/messenger' })
  const form = theirs.page.getByRole('button', { name: /New conversations go to/ })
  await form.waitFor()

  const desk = await scene.desk(owner, { path: '/settings/roles' })
  await desk.button('Add a role').click()
  await desk.page.getByRole('textbox', { name: 'Name' }).fill('Second line')
  await desk.button('Save').click()
  // The dialog gives the focus back to where it came from.
  await soon(() => desk.button('Add a role').evaluate((add) => add === document.activeElement)).toBe(true)
  const box = (role: string, right: string) => desk.page.getByRole('checkbox', { name: `${role}: ${right}` })
  const reads = box('Second line', 'See team, invitations and roles')
  await reads.press('Space')
  await soon(() => reads.isChecked()).toBe(true)
  expect(await box('Owner', 'Change the messenger').isDisabled()).toBe(true)
  expect(await box('Owner', 'Change the messenger').isChecked()).toBe(true)

  await desk.page.getByRole('link', { name: 'Team', exact: true }).click()
  await desk.button('Actions for Ann Admin').click()
  const began = performance.now()
  await desk.page.getByRole('menuitem', { name: 'Second line' }).click()
  await form.waitFor({ state: 'detached', timeout: 2_000 })
  expect(performance.now() - began).toBeLessThan(2_000)
  expect(await theirs.page.getByRole('link', { name: 'Sample data' }).count()).toBe(0)

  // What they may still see they see, and nothing in it can be changed.
  await theirs.page.getByRole('link', { name: 'Team', exact: true }).click()
  await theirs.page.getByRole('list', { name: 'Colleagues' }).getByText('Second line').waitFor()
  expect(await theirs.button('Invite a colleague').count()).toBe(0)
  expect(await theirs.button('Add a group').count()).toBe(0)
  expect(await theirs.button(/^Actions for/).count()).toBe(0)
  await theirs.page.getByRole('link', { name: 'Roles', exact: true }).click()
  const seen = theirs.page.getByRole('checkbox', { name: 'Second line: Manage roles' })
  await seen.waitFor()
  expect(await seen.isDisabled()).toBe(true)
  expect(await theirs.button('Add a role').count()).toBe(0)

  await desk.page.getByRole('link', { name: 'Roles', exact: true }).click()
  await desk.button('Edit Second line').click()
  await desk.button('Remove').click()
  await desk.page.getByText('Move members to').first().waitFor()
  await desk.button('Remove').click()
  await desk.page.getByRole('columnheader', { name: /Second line/ }).waitFor({ state: 'detached' })
  await theirs.page.getByRole('link', { name: 'Team', exact: true }).waitFor({ state: 'detached' })
  // What was open when the right went may be asked for once more, and the browser writes down the refusal.
  for (const line of theirs.complaints.list.splice(0)) expect(line).toContain('status of 403')
})
