import { expect } from 'vitest'
import { findings } from './world/barriers.ts'
import { soon } from './world/compare.ts'
import { test } from './world/scene.ts'

test('[I16 A2 N3] what waits for a group stands in its list, comes and goes by itself, and the choice is kept', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg', 'Ben Cole')
  const [anna, ben] = company.operators
  if (!anna || !ben) throw new Error('There are no two operators.')
  const { id: organizationId } = company.organization
  await scene.build.group({ organizationId, name: 'Returns', members: [anna] })
  await scene.build.group({ organizationId, name: 'Sales', members: [ben] })
  const other = await scene.build.conversation({ widget: company.widget })
  const given = await scene.build.conversation({ widget: company.widget })
  const boss = await scene.desk(ben)
  await boss.show(given.id)
  await boss.button(/^Assigned to:/).click()
  await boss.page.getByRole('menuitem', { name: 'Returns' }).click()
  await boss.log.getByText('You assigned this to Returns').waitFor()

  const desk = await scene.desk(anna)
  const unassigned = desk.section('Unassigned')
  await unassigned.locator(desk.row(given.id)).getByText('Returns').waitFor()
  await unassigned.locator(desk.row(other.id)).waitFor()
  await desk.button('Unassigned in All groups').click()
  expect(await findings(desk.page), 'the menu of groups').toEqual([])
  expect(await desk.page.getByRole('menuitem').allTextContents()).toEqual([
    'All groups',
    'ReturnsMy group',
    'Sales',
  ])
  await desk.page.getByRole('menuitem', { name: 'Returns' }).click()
  await desk.letGo()
  await soon(() => unassigned.locator(desk.row(other.id)).count()).toBe(0)
  await unassigned.locator(desk.row(given.id)).waitFor()
  await unassigned.getByRole('button', { name: 'Unassigned 1' }).waitFor()

  // One more is given to the group while it is shown, and one is taken from it.
  await boss.show(other.id)
  await boss.button(/^Assigned to:/).click()
  await boss.page.getByRole('menuitem', { name: 'Returns' }).click()
  await unassigned.locator(desk.row(other.id)).waitFor()
  await unassigned.getByRole('button', { name: 'Unassigned 2' }).waitFor()
  await boss.show(given.id)
  await boss.assignToMe()
  await soon(() => unassigned.locator(desk.row(given.id)).count()).toBe(0)
  await unassigned.getByRole('button', { name: 'Unassigned 1' }).waitFor()

  await boss.show(other.id)
  await boss.button('Assigned to: Returns').click()
  await boss.page.getByRole('menuitem', { name: 'Remove from Returns' }).click()
  await boss.log.getByText('You removed the group').waitFor()
  await boss.button('Assigned to: Nobody').waitFor()
  await unassigned.getByText('Nothing is waiting in Returns.').waitFor()
  await boss.button('Assigned to: Nobody').click()
  await boss.page.getByRole('menuitem', { name: 'Returns' }).click()
  await unassigned.locator(desk.row(other.id)).waitFor()

  await desk.page.reload()
  await desk.button('Unassigned in Returns').waitFor()
  await unassigned.locator(desk.row(other.id)).waitFor()
  await desk.button('Unassigned in Returns').click()
  await desk.page.getByRole('menuitem', { name: 'Sales' }).click()
  await unassigned.getByText('Nothing is waiting in Sales.').waitFor()
})
