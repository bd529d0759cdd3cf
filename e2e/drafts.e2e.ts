import { expect } from 'vitest'
import { soon, written } from './world/compare.ts'
import { Desk } from './world/desk.ts'
import { editor, lastSaid, shapeOf } from './world/formatted.ts'
import { meet, one } from './world/meeting.ts'
import { Messenger } from './world/messenger.ts'
import { test } from './world/scene.ts'

test('a draft is the same in two tabs, and sent once', async ({ scene }) => {
  const { desk, visitor, id } = await meet(scene)
  await desk.input.fill('It is dishwasher safe')
  const person = { ...desk.person, page: await desk.person.context.newPage() }
  const tab = new Desk(person, desk.origin, desk.operator)
  await tab.show(id)
  await soon(() => written(tab.input)).toBe('It is dishwasher safe')
  await tab.input.fill('It is dishwasher safe.')
  await soon(() => written(desk.input)).toBe('It is dishwasher safe.')
  await desk.input.press('Enter')
  await soon(() => written(tab.input)).toBe('')
  await tab.input.press('Enter')
  await visitor.message('It is dishwasher safe.').waitFor()
  expect(await visitor.message('It is dishwasher safe.').count()).toBe(1)
})

test('a draft is found in the lists and on another device, and gone from both when it is sent', async ({
  scene,
}) => {
  const { company, desk, id } = await meet(scene)
  const phone = await scene.desk(one(company.operators))
  await desk.input.fill('Half a thought')
  await phone.row(id).getByText('Draft: Half a thought').waitFor()
  await phone.openFromList(id)
  await soon(() => written(phone.input)).toBe('Half a thought')
  // What is open shows its draft itself.
  expect(await phone.row(id).getByText('Draft:').count()).toBe(0)
  await phone.page.goto(`${scene.origin}/conversations`)
  await phone.page.getByText('Draft: Half a thought').waitFor()
  await desk.input.press('Enter')
  await phone.page.getByText('Draft:').waitFor({ state: 'hidden' })
  await phone.show(id)
  expect(await written(phone.input)).toBe('')
})

test('a note that was begun is kept, over a log-out too, and for its writer alone', async ({ scene }) => {
  const { company, desk, id } = await meet(scene)
  await desk.page.getByRole('radio', { name: 'Note' }).click()
  const note = desk.page.getByRole('textbox', { name: 'Note', exact: true })
  await note.fill('Knows us since 2019')
  await soon(() => scene.sql('select from drafts where conversation_id = $1', [id])).toHaveLength(1)
  await desk.person.context.close()
  const again = await scene.desk(one(company.operators))
  await again.row(id).getByText('Draft: Knows us since 2019').waitFor()
  const colleague = await scene.build.operator({ organizationId: company.organization.id, name: 'Ben Cole' })
  const other = await scene.desk(colleague, { path: '/conversations' })
  await other.page.getByText('Is the mug dishwasher safe?').waitFor()
  expect(await other.page.getByText('Draft:').count()).toBe(0)
})

test('a visitor’s draft is the same in two tabs, and sent once', async ({ scene }) => {
  const { visitor } = await meet(scene)
  const page = await visitor.person.context.newPage()
  await page.goto(visitor.page.url())
  const tab = new Messenger({ ...visitor.person, page }, visitor.shop)
  await tab.launcher.click()
  await tab.frame.getByText('Is the mug dishwasher safe?').click()
  await visitor.input.fill('And the lid?')
  await soon(() => written(tab.input)).toBe('And the lid?')
  await visitor.input.press('Enter')
  await soon(() => written(tab.input)).toBe('')
  await tab.input.press('Enter')
  await tab.message('And the lid?').waitFor()
  expect(await tab.message('And the lid?').count()).toBe(1)
})

test('[I18] colleagues see who is writing an answer and how it begins, the contact only that somebody is', async ({
  scene,
}) => {
  const { company, desk, visitor, id } = await meet(scene)
  const ben = await scene.build.operator({ organizationId: company.organization.id, name: 'Ben Cole' })
  const colleague = await scene.desk(ben, { path: `/conversations/${id}` })
  await colleague.log.waitFor()
  await visitor.log.waitFor()
  await desk.input.pressSequentially('Our mugs are', { delay: 20 })
  await colleague.page.getByText('Anna Berg is writing an answer').waitFor()
  await desk.input.pressSequentially(' all dishwasher safe', { delay: 60 })
  await colleague.page.getByText('“Our mugs are all dishwasher safe”').waitFor()
  // Somebody who writes a note there reads it too, right above what they write.
  await colleague.page.getByRole('radio', { name: 'Note' }).click()
  await desk.input.pressSequentially(', promised', { delay: 60 })
  await colleague.page.getByText(/all dishwasher safe, promised/).waitFor()
  expect(await visitor.frame.locator('body').textContent()).not.toMatch(/mugs are|promised/)
  expect(await desk.page.getByText('is writing an answer').count(), 'nobody is told of themselves').toBe(0)
  await desk.input.press('Enter')
  await visitor.message('Our mugs are all dishwasher safe, promised').waitFor()
  await colleague.page.getByText('is writing an answer').waitFor({ state: 'hidden' })
})

test('[C1] a formatted draft outlives a reload, and is the same on another device', async ({ scene }) => {
  const { company, desk, id, visitor } = await meet(scene)
  await editor(desk.page).click()
  await desk.page.keyboard.type('- **one**')
  await desk.page.keyboard.press('Shift+Enter')
  await desk.page.keyboard.type('two')
  const shape = '<ul><li><p><strong>one</strong></p></li><li><p>two</p></li></ul>'
  await desk.page.reload()
  await soon(() => shapeOf(editor(desk.page))).toBe(shape)
  await soon(() =>
    scene.sql('select from drafts where conversation_id = $1 and content is not null', [id]),
  ).toHaveLength(1)
  const phone = await scene.desk(one(company.operators), { path: `/inbox/${id}` })
  await soon(() => shapeOf(editor(phone.page))).toBe(shape)
  await phone.input.press('Enter')
  await soon(() => lastSaid(visitor.log)).toBe(shape)
  await soon(() => written(desk.input)).toBe('')
})
