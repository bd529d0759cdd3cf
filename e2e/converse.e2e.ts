import { expect } from 'vitest'
import { expectScreensEqualDatabase, soon } from './world/compare.ts'
import { meet, newestConversation, one } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[I1 I4 I14 H1 X2] what a contact asks on the shop is NEW under Unassigned until an operator takes it', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators))
  await desk.section('Unassigned').waitFor()
  const visitor = await scene.visitor(company.widget)
  await visitor.open()
  await visitor.frame.getByText('We’re away right now.').waitFor()
  await visitor.say('Is the mug dishwasher safe?')
  const conversationId = await newestConversation(scene, company)
  await desk.section('Unassigned').locator(desk.row(conversationId)).getByText('NEW').waitFor()
  await desk.openFromList(conversationId)
  await expectScreensEqualDatabase(scene, { conversationId, desk, messenger: visitor })
  expect(await desk.input.count(), 'who has not taken it cannot write').toBe(0)
  await desk.assignToMe()
  await desk.section('Mine').locator(desk.row(conversationId)).waitFor()
  await visitor.frame.getByText('Anna Berg has joined the conversation').waitFor()
  await desk.say('Yes, it is.')
  await visitor.message('Yes, it is.').waitFor()
  await expectScreensEqualDatabase(scene, { conversationId, desk, messenger: visitor })
})

test('[I5 I6 I9 I11] it waits for the operator as OPEN and for the contact as PENDING, the waiting one on top', async ({
  scene,
}) => {
  const { company, desk, visitor, id } = await meet(scene)
  const other = await scene.build.conversation({ widget: company.widget, assignee: one(company.operators) })
  await scene.build.happen(other, { kind: 'operator_wrote', by: desk.operator.id }, 'An earlier answer')
  await desk.page.reload()
  await desk.say('Yes, it is.')
  await desk.button('State: PENDING').waitFor()
  // Both are PENDING now: what was said last stands first.
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
  await visitor.say('And the kettle?')
  await desk.button('State: OPEN').waitFor()
  await desk.section('Mine').locator(desk.row(id)).getByText('waiting').waitFor()
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
  const rows = desk.section('Mine').getByRole('listitem')
  await soon(() => rows.first().textContent()).toContain('OPEN')
  await soon(() => rows.nth(1).textContent()).toContain('PENDING')
})

test('[A3 I10] the operator sets the state by hand', async ({ scene }) => {
  const { desk, visitor, id } = await meet(scene)
  await desk.setState('Set to pending')
  await desk.button('State: PENDING').waitFor()
  await desk.log.getByText('You set this to pending').waitFor()
  await desk.setState('Set to open')
  await desk.button('State: OPEN').waitFor()
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
  expect(await visitor.log.textContent(), 'is no business of the contact').not.toContain('pending')
})

test('[I2] only the operator it is assigned to can answer', async ({ scene }) => {
  const company = await scene.company('Anna Berg', 'Ben Cole')
  const built = await scene.build.conversation({ widget: company.widget, assignee: one(company.operators) })
  const colleague = await scene.desk(one(company.operators, 1), { path: `/inbox/${built.id}` })
  await colleague.page.getByText('Anna Berg has this conversation.').waitFor()
  expect(await colleague.page.getByRole('article').getByRole('textbox').count()).toBe(0)
  expect(await colleague.button('End').count()).toBe(0)
  await expectScreensEqualDatabase(scene, { conversationId: built.id, desk: colleague })
})

test('[A6 I3 I7 I15 N3] it ends out of the inbox into All conversations, and goes on when either side takes it up', async ({
  scene,
}) => {
  const { desk, visitor, id } = await meet(scene)
  await desk.say('Yes, it is.')
  await desk.button('End').click()
  await visitor.frame.getByText('The conversation has ended').waitFor()
  await soon(() => desk.section('Mine').getByRole('link').count()).toBe(0)
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })

  await desk.page.getByRole('link', { name: 'All conversations' }).click()
  const archived = desk.page.locator(`a[href^="/conversations/${id}"]`)
  await archived.getByText('ENDED').waitFor()
  // Beside the notice that offers to undo the end, which stands over the middle for some seconds.
  await archived.click({ position: { x: 40, y: 12 } })
  await desk.button('Resume').click()
  await desk.input.waitFor()
  await visitor.frame.getByText('Conversation reopened').waitFor()
  await desk.page.getByRole('link', { name: 'Inbox' }).click()
  await desk.section('Mine').locator(desk.row(id)).getByText('OPEN').waitFor()

  await desk.openFromList(id)
  await desk.button('End').click()
  await visitor.frame.getByPlaceholder('Write to continue…').waitFor()
  await visitor.say('One more thing')
  await desk.section('Mine').locator(desk.row(id)).getByText('OPEN').waitFor()
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
})

test('[N2 N3] whoever comes back from another part finds the inbox as it was, at once', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const { id } = await scene.build.conversation({
    widget: company.widget,
    assignee: one(company.operators),
  })
  const desk = await scene.desk(one(company.operators))
  await desk.row(id).waitFor()
  await desk.page.getByRole('link', { name: 'All conversations' }).click()
  await desk.page.locator(`a[href^="/conversations/${id}"]`).waitFor()
  // Long enough for everything to have been read, so that nothing arrives that would draw the list anew.
  await desk.page.waitForTimeout(1_500)
  await desk.page.getByRole('link', { name: 'Inbox' }).click()
  await desk.row(id).waitFor({ timeout: 3_000 })
})

test('[T2] a contact has several conversations, each with its own log', async ({ scene }) => {
  const { company, desk, visitor, id: first } = await meet(scene, { first: 'About the mug' })
  await visitor.button('Back to overview').click()
  await visitor.input.fill('About the kettle')
  await visitor.input.press('Enter')
  await visitor.message('About the kettle').waitFor()
  const second = await newestConversation(scene, company, [first])
  await desk.openFromList(second)
  await desk.assignToMe()
  await desk.say('It boils in four minutes.')
  await visitor.message('It boils in four minutes.').waitFor()
  await expectScreensEqualDatabase(scene, { conversationId: second, desk, messenger: visitor })
  await visitor.button('Back to overview').click()
  await visitor.button(/About the mug/).click()
  await visitor.message('About the mug').waitFor()
  await desk.openFromList(first)
  await expectScreensEqualDatabase(scene, { conversationId: first, desk, messenger: visitor })
})

test('[S2 N12] the first visit is offline; the switch makes the operator available to contacts', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators))
  const online = desk.page.getByRole('switch', { name: 'Online' })
  await online.waitFor()
  expect(await online.isChecked()).toBe(false)
  const visitor = await scene.visitor(company.widget)
  await visitor.open()
  await visitor.frame.getByText('We’re away right now.').waitFor()
  await visitor.say('Hello')
  await online.locator('xpath=ancestor::label').click()
  await soon(() => online.isChecked()).toBe(true)
  await visitor.frame.getByText('Online', { exact: true }).waitFor()
  await desk.page.reload()
  await online.waitFor()
  await soon(() => online.isChecked()).toBe(true)
  await online.locator('xpath=ancestor::label').click()
  await visitor.frame.getByText('Away', { exact: true }).waitFor()
})
