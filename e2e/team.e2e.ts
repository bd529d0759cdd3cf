import { expect } from 'vitest'
import { findings } from './world/barriers.ts'
import { soon } from './world/compare.ts'
import { test } from './world/scene.ts'

test('[X7 N5] a colleague comes in by a link, is seen, is given a conversation by group, and is shut out again', async ({
  scene,
}) => {
  const company = await scene.company()
  const owner = await scene.build.operator({
    organizationId: company.organization.id,
    name: 'Olga Owner',
    role: 'owner',
  })
  const desk = await scene.desk(owner, { path: '/settings/team' })
  await desk.button('Invite a colleague').click()
  await desk.button('Make the link').click()
  const link = (await desk.page.locator('[data-invitation]').textContent()) ?? ''
  await desk.page.keyboard.press('Escape')

  const newcomer = await scene.person()
  await newcomer.page.goto(link)
  await newcomer.page.getByRole('heading', { name: `Join ${company.organization.name}` }).waitFor()
  await newcomer.page.getByRole('textbox', { name: 'Name' }).fill('Nina New')
  await newcomer.page.getByRole('textbox', { name: 'E-mail' }).fill(`nina@${company.organization.id}.example`)
  await newcomer.page.getByLabel('Password').fill('a long enough password')
  await newcomer.page.getByRole('button', { name: 'Join' }).click()
  await newcomer.page.getByRole('region', { name: 'Mine', exact: true }).waitFor()
  await desk.page.getByRole('list', { name: 'Colleagues' }).getByText('Nina New').waitFor()
  const late = await scene.person()
  await late.page.goto(link)
  await late.page.getByRole('heading', { name: 'This invitation isn’t valid anymore' }).waitFor()
  // The browser writes down what was refused.
  expect(late.complaints.list.splice(0)).toEqual([expect.stringContaining('status of 404')])

  await desk.button('Add a group').click()
  await desk.page.getByRole('textbox', { name: 'Name' }).fill('Returns')
  await desk.page.getByRole('checkbox', { name: 'Nina New' }).press('Space')
  await desk.button('Save').click()
  await desk.page.getByRole('list', { name: 'Groups' }).getByText('Nina New').waitFor()

  await newcomer.page.getByRole('switch', { name: 'Online', exact: true }).press('Space')
  await desk.page.getByRole('link', { name: 'Operators' }).click()
  await desk.page.getByRole('listitem').filter({ hasText: 'Nina New' }).getByText('Online').waitFor()

  const built = await scene.build.conversation({ widget: company.widget })
  await desk.show(built.id)
  await desk.button(/^Assigned to:/).click()
  await desk.page.getByRole('menuitem', { name: 'Returns' }).click()
  await newcomer.page.locator(`a[href="/inbox/${built.id}"]`).waitFor()
  await desk.log.getByText('You assigned this to Returns').waitFor()

  await desk.page.goto(`${scene.origin}/settings/team`)
  await desk.button('Actions for Nina New').click()
  await desk.page.getByRole('menuitem', { name: 'Edit', exact: true }).click()
  const editor = desk.page.getByRole('dialog', { name: 'Nina New' })
  await soon(() => editor.getByRole('checkbox', { name: 'Returns' }).isChecked()).toBe(true)
  expect(await findings(desk.page), 'a colleague being edited').toEqual([])
  await editor.getByRole('textbox', { name: 'Live conversations at once' }).fill('5')
  await editor.getByRole('textbox', { name: 'Name for contacts' }).fill('Nina from Returns')
  await editor.getByRole('button', { name: 'Save' }).click()
  await editor.waitFor({ state: 'detached' })
  await newcomer.page.getByLabel('0 of 5 live slots used').waitFor()
  await desk.button('Actions for Nina New').click()
  await desk.page.getByRole('menuitem', { name: 'Deactivate' }).click()
  await newcomer.page.getByRole('heading', { name: /Log in/ }).waitFor()
  await soon(() => desk.page.getByText('Deactivated').count()).toBe(1)
})

test('[X7] an invitation asked for before the roles are loaded is made once they are', async ({ scene }) => {
  const company = await scene.company()
  const organizationId = company.organization.id
  const owner = await scene.build.operator({ organizationId, name: 'Olga Owner', role: 'owner' })
  const desk = await scene.desk(owner, { path: '/operators' })
  let letPass = () => {}
  const held = new Promise<void>((resolve) => {
    letPass = resolve
  })
  await desk.page.route('**/api/v1/roles', async (route) => {
    await held
    await route.continue()
  })
  await desk.page.goto(`${desk.origin}/settings/team`)
  await desk.button('Invite a colleague').click()
  await desk.button('Make the link').click()
  expect(await desk.page.locator('[data-invitation]').count()).toBe(0)
  letPass()
  expect(await desk.page.locator('[data-invitation]').textContent()).toContain('/invitation#')
})
