import { expect } from 'vitest'
import { expectScreensEqualDatabase, soon, written } from './world/compare.ts'
import { meet, one } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('each side sees the other writing, until the message is there', async ({ scene }) => {
  const { desk, visitor } = await meet(scene)
  await visitor.input.pressSequentially('And the ket')
  await desk.page.getByText('Visitor is typing').waitFor()
  await visitor.say('And the kettle?')
  await desk.message('And the kettle?').waitFor()
  await desk.page.getByText('Visitor is typing').waitFor({ state: 'hidden' })
  await desk.input.pressSequentially('Four min')
  await visitor.frame.getByText('Anna Berg is typing…').waitFor()
  await desk.input.fill('')
  await visitor.frame.getByText('Anna Berg is typing…').waitFor({ state: 'hidden' })
})

test('an operator’s message is sent, delivered when the messenger has it, and read when it was before someone’s eyes', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  await desk.say('Read at once')
  await desk.log.getByText('Read', { exact: true }).waitFor()
  await visitor.close()
  await desk.say('Delivered to a closed messenger')
  await desk.log.getByText('Delivered', { exact: true }).waitFor()
  await visitor.page.goto('about:blank')
  await desk.say('Only sent')
  await desk.log.getByText('Sent', { exact: true }).waitFor()
  await visitor.page.goto(`${visitor.shop}/index.html`)
  await visitor.launcher.click()
  await visitor.message('Only sent').waitFor()
  await desk.log.getByText('Sent', { exact: true }).waitFor({ state: 'hidden' })
  await desk.log.getByText('Delivered', { exact: true }).waitFor({ state: 'hidden' })
})

test('a contact’s message is sent, and read when the operator has it before them', async ({ scene }) => {
  const { company, desk, visitor } = await meet(scene)
  await visitor.log.getByText('Read', { exact: true }).waitFor()
  const other = await scene.build.conversation({ widget: company.widget, assignee: one(company.operators) })
  await desk.page.reload()
  await desk.openFromList(other.id)
  await visitor.say('And the kettle?')
  await visitor.log.getByText('Sent', { exact: true }).last().waitFor()
})

test('[N2] what is unread is counted on the closed launcher, in the list and in the bar', async ({
  scene,
}) => {
  const { company, desk, visitor, id } = await meet(scene)
  await visitor.close()
  await desk.say('First answer')
  await desk.say('Second answer')
  await visitor.page.getByRole('button', { name: 'Open chat, 2 unread' }).waitFor()
  await visitor.launcher.click()
  await visitor.message('Second answer').waitFor()
  await visitor.close()
  await visitor.page.getByRole('button', { name: 'Open chat', exact: true }).waitFor()

  const other = await scene.build.conversation({ widget: company.widget, assignee: one(company.operators) })
  await desk.page.reload()
  await desk.row(other.id).waitFor()
  await desk.openFromList(other.id)
  await visitor.open()
  await visitor.say('Are you there?')
  await desk.row(id).getByText('1 unread message').waitFor()
  await desk.page
    .getByRole('link', { name: /^Inbox/ })
    .getByText('1 unread')
    .waitFor()
  await desk.openFromList(id)
  await desk.row(id).getByText('1 unread message').waitFor({ state: 'hidden' })
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
})

test('[N2] a visitor who left learns on their next page that an answer came, without the messenger being loaded', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  await visitor.close()
  await visitor.page.goto('about:blank')
  await desk.say('Yes, it is.')
  await desk.log.getByText('Sent', { exact: true }).waitFor()
  await visitor.page.goto(`${visitor.shop}/mug.html`)
  await visitor.page.getByRole('button', { name: 'Open chat, 1 unread' }).waitFor()
  expect(visitor.page.frames()).toHaveLength(1)
})

test('days are told apart by a line on both sides', async ({ scene }) => {
  const { desk, visitor, id } = await meet(scene)
  await desk.say('Today')
  await visitor.message('Today').waitFor()
  await scene.sql(
    "update entries set at = at - interval '1 day' where conversation_id = $1 and kind = 'message' and seq = 1",
    [id],
  )
  await desk.page.reload()
  await visitor.page.reload()
  for (const log of [desk.log, visitor.log]) {
    await log.getByText('Yesterday', { exact: true }).waitFor()
    await log.getByText('Today', { exact: true }).first().waitFor()
  }
})

test('Enter sends and Shift+Enter begins a line; each conversation keeps its draft across a reload', async ({
  scene,
}) => {
  const { company, desk, visitor, id } = await meet(scene)
  const other = await scene.build.conversation({ widget: company.widget, assignee: one(company.operators) })
  for (const [side, shown] of [
    [desk, visitor],
    [visitor, desk],
  ] as const) {
    await side.input.fill('one')
    await side.input.press('Shift+Enter')
    await side.input.pressSequentially('two')
    expect(await written(side.input)).toBe('one\ntwo')
    await side.input.press('Enter')
    await soon(() => shown.log.locator('[dir="auto"]').allTextContents()).toContain('one\ntwo')
    expect(await written(side.input)).toBe('')
  }
  await desk.input.fill('half an answer')
  await visitor.input.fill('half a question')
  await desk.page.reload()
  await soon(() => written(desk.input)).toBe('half an answer')
  await desk.openFromList(other.id)
  await soon(() => written(desk.input)).toBe('')
  await desk.openFromList(id)
  await soon(() => written(desk.input)).toBe('half an answer')
  await visitor.page.reload()
  await soon(() => written(visitor.input)).toBe('half a question')
})
