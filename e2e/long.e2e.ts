import { expect } from 'vitest'
import { one } from './world/meeting.ts'
import { readUp } from './world/read-up.ts'
import { test } from './world/scene.ts'

test('[N2 X2] a conversation of three hundred messages is read page by page on both sides, each once and in order', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const anna = one(company.operators)
  const contact = await scene.build.contact({ organizationId: company.organization.id })
  const built = await scene.build.conversation({ contact, widget: company.widget, assignee: anna, text: '1' })
  for (let number = 2; number <= 300; number++) {
    const by =
      number % 2 === 0
        ? ({ kind: 'operator_wrote', by: anna.id } as const)
        : ({ kind: 'contact_wrote' } as const)
    await scene.build.happen(built, by, `${number}`)
  }
  const all = Array.from({ length: 300 }, (_, index) => `${index + 1}`)

  const desk = await scene.desk(anna, { path: `/inbox/${built.id}` })
  await desk.message('300').waitFor()
  expect(await desk.log.getByText('1', { exact: true }).count(), 'not all is loaded at once').toBe(0)
  expect(await readUp(desk.log, '1')).toEqual(all)

  const visitor = await scene.returning(company.widget, contact)
  await visitor.open()
  await visitor.button(/300/).click()
  await visitor.message('300').waitFor()
  expect(await visitor.log.getByText('1', { exact: true }).count()).toBe(0)
  expect(await readUp(visitor.log, '1')).toEqual(all)

  // What comes meanwhile does not pull either of them down, but says that it is there.
  await desk.say('301')
  await desk.message('301').waitFor()
  await visitor.button(/1 new message/).click()
  await visitor.message('301').waitFor()
})
