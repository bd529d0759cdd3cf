import { expectScreensEqualDatabase } from './world/compare.ts'
import { meet } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[N2 X2] both sides reload in mid-conversation and go on where they were', async ({ scene }) => {
  const { desk, visitor, id } = await meet(scene)
  await desk.say('Yes, it is.')
  await visitor.message('Yes, it is.').waitFor()
  const both = { conversationId: id, desk, messenger: visitor }
  await Promise.all([desk.page.reload(), visitor.page.reload()])
  await expectScreensEqualDatabase(scene, both)
  await visitor.say('And the kettle?')
  await desk.message('And the kettle?').waitFor()
  await desk.say('That too.')
  await desk.page.reload()
  await visitor.message('That too.').waitFor()
  await expectScreensEqualDatabase(scene, both)
})

test('a message is not lost to a reload that comes right after Enter, and not sent twice', async ({
  scene,
}) => {
  const { desk, visitor, id } = await meet(scene)
  for (let round = 1; round <= 3; round++) {
    await desk.input.fill(`answer ${round}`)
    await Promise.all([desk.input.press('Enter'), desk.page.reload({ waitUntil: 'commit' })])
    await desk.message(`answer ${round}`).waitFor()
    await visitor.input.fill(`question ${round}`)
    await Promise.all([visitor.input.press('Enter'), visitor.page.reload({ waitUntil: 'commit' })])
    await visitor.message(`question ${round}`).waitFor()
  }
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
})

test('[X2] the open messenger follows the contact from page to page of the shop', async ({ scene }) => {
  const { desk, visitor, id } = await meet(scene)
  await desk.say('Have a look at the mug.')
  await visitor.message('Have a look at the mug.').waitFor()
  await visitor.page.getByRole('link', { name: 'The Stillwater mug', exact: true }).click()
  await visitor.page.waitForURL(/mug\.html/)
  await visitor.message('Have a look at the mug.').waitFor()
  await desk.say('Do you see it?')
  await visitor.message('Do you see it?').waitFor()
  await visitor.page.goBack()
  await visitor.message('Do you see it?').waitFor()
  await visitor.say('I do.')
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
})
