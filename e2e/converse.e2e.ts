import { expect } from 'vitest'
import { expectScreensEqualDatabase, soon } from './world/compare.ts'
import { type Scene, test } from './world/scene.ts'

/** The newest conversation of an organization. */
async function newest(scene: Scene, organizationId: string): Promise<string> {
  const read = async () =>
    (
      await scene.sql<{ id: string }>(
        'select id from conversations where organization_id = $1 order by created_at desc limit 1',
        [organizationId],
      )
    )[0]?.id
  await soon(read).toBeTruthy()
  return (await read()) as string
}

test('[I1 I4 I14 I5 I6 I7 I3 I15 H1] a contact asks on the shop and an operator answers, up to the end and on', async ({
  scene,
}) => {
  const { operators, widget, organization } = await scene.company('Anna Berg')
  const [anna] = operators
  if (!anna) throw new Error()
  const desk = await scene.desk(anna)
  await desk.page.getByText('Everything is taken').waitFor()
  const visitor = await scene.visitor(widget)
  await visitor.open()
  await visitor.say('Is the mug dishwasher safe?')
  const id = await newest(scene, organization.id)
  // Given that no operator was available, it is NEW and nobody's.
  await desk.section('Unassigned').locator(`a[href="/inbox/${id}"]`).getByText('NEW').waitFor()
  await desk.openFromList(id)
  expect(await desk.input.count()).toBe(0)
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
  await desk.assignToMe()
  await visitor.frame.getByText('Anna Berg has joined the conversation').waitFor()
  await desk.say('Yes, it is.')
  await visitor.message('Yes, it is.').waitFor()
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
})
