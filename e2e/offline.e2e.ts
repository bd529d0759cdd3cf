import { expect } from 'vitest'
import { expectScreensEqualDatabase, soon, written } from './world/compare.ts'
import { meet, one } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[X2] what a contact writes while their line is cut goes out once, in order, when it is back', async ({
  scene,
}) => {
  const line = await scene.line()
  const { desk, visitor, id } = await meet(scene, { visitorAt: line.origin })
  scene.expectOutage()
  await line.cut()
  await visitor.say('written offline, first')
  await visitor.say('written offline, second')
  await visitor.frame.getByText('No connection right now.').waitFor()
  await visitor.log.getByText('Waiting for connection').first().waitFor()
  await desk.say('answered meanwhile')
  await line.mend()
  await visitor.message('answered meanwhile').waitFor({ timeout: 20_000 })
  await desk.message('written offline, second').waitFor({ timeout: 20_000 })
  await visitor.frame.getByText('No connection right now.').waitFor({ state: 'hidden' })
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
})

test('a contact’s browser that goes offline and comes back catches up by itself', async ({ scene }) => {
  const { desk, visitor, id } = await meet(scene)
  scene.expectOutage()
  await visitor.person.context.setOffline(true)
  await visitor.say('written offline')
  await desk.say('answered meanwhile')
  await visitor.log.getByText('Waiting for connection').waitFor()
  await visitor.person.context.setOffline(false)
  await desk.message('written offline').waitFor()
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
})

test('a conversation begun while the line is cut is there once it is back', async ({ scene }) => {
  const line = await scene.line()
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators))
  const visitor = await scene.visitor(company.widget, { at: line.origin })
  await visitor.open()
  scene.expectOutage()
  await line.cut()
  await visitor.say('Begun offline')
  await visitor.log.getByText('Waiting for connection').waitFor()
  await line.mend()
  const row = desk.section('Unassigned').getByRole('listitem')
  await row.getByText('Begun offline').waitFor({ timeout: 20_000 })
  expect(await row.count()).toBe(1)
})

test('an operator who was cut off while a colleague answered sees what the database says, without a reload', async ({
  scene,
}) => {
  const line = await scene.line()
  const company = await scene.company('Anna Berg', 'Ben Cole')
  const anna = await scene.desk(one(company.operators), { at: line.origin })
  const ben = await scene.desk(one(company.operators, 1))
  const visitor = await scene.visitor(company.widget)
  await visitor.open()
  await visitor.say('Hello')
  const row = ben.section('Unassigned').getByRole('link').first()
  await row.waitFor()
  const id = ((await row.getAttribute('href')) ?? '').slice('/inbox/'.length)
  await anna.openFromList(id)
  await ben.openFromList(id)
  scene.expectOutage()
  await line.cut()
  await anna.page.getByText('No connection.').waitFor()
  await ben.assignToMe()
  await ben.say('Ben here.')
  await visitor.say('Good.')
  await ben.say('One more.')
  await scene.build.conversation({ widget: company.widget, text: 'Another one meanwhile' })
  await line.mend()
  await anna.page.getByText('No connection.').waitFor({ state: 'hidden', timeout: 25_000 })
  await expectScreensEqualDatabase(scene, { conversationId: id, desk: anna, messenger: visitor })
})

test('what an operator writes while their line is cut goes out once when it is back', async ({ scene }) => {
  const line = await scene.line()
  const { desk, visitor, id } = await meet(scene, { deskAt: line.origin })
  scene.expectOutage()
  await line.cut()
  await desk.say('first')
  await desk.say('second')
  await desk.log.getByText('Waiting for the connection').first().waitFor()
  expect(await written(desk.input), 'sending never blocks typing').toBe('')
  await line.mend()
  await visitor.message('second').waitFor({ timeout: 20_000 })
  await soon(() => desk.log.getByText('Waiting for the connection').count()).toBe(0)
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
})

test('[N2] a command menu asked for while its part cannot be fetched opens once it can, and nothing else breaks', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators))
  scene.expectOutage()
  await desk.page.route(/\/palette-[^/]*\.js$/, (route) => route.abort())
  await desk.page.goto(`${scene.origin}/inbox`)
  await desk.section('Unassigned').waitFor()
  await desk.page.keyboard.press('Control+k')
  // Longer than the wait after which the part is fetched of itself.
  await desk.page.waitForTimeout(1_500)
  await desk.section('Unassigned').waitFor()
  await desk.page.unroute(/\/palette-[^/]*\.js$/)
  await desk.page.getByRole('dialog', { name: 'Open the command menu' }).waitFor({ timeout: 20_000 })
})
