import { expect } from 'vitest'
import { expectScreensEqualDatabase, soon } from './world/compare.ts'
import { meet } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[I2 I14] of two operators who take a conversation at once exactly one has it, and the other sees who', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg', 'Ben Cole')
  const [anna, ben] = await Promise.all(company.operators.map((operator) => scene.desk(operator)))
  if (!anna || !ben) throw new Error('Two desks were asked for.')
  // A refusal is an answer that the browser writes down; it is what the one who was later is told by.
  for (const desk of [anna, ben]) desk.complaints.allow(/status of 409.*\/assignee$/)
  for (let round = 1; round <= 5; round++) {
    const { id } = await scene.build.conversation({ widget: company.widget, text: `Round ${round}` })
    await Promise.all([anna, ben].map((desk) => desk.show(id)))
    await Promise.all([anna, ben].map((desk) => desk.button('Assign to me').waitFor()))
    // In one breath: a pointer would take its time, in which the other's button is already gone.
    await Promise.all(
      [anna, ben].map((desk) =>
        desk.button('Assign to me').evaluate((button: HTMLElement) => button.click()),
      ),
    )
    const owner = async () => {
      const [row] = await scene.sql<{ assignee_id: string | null }>(
        'select assignee_id from conversations where id = $1',
        [id],
      )
      return row?.assignee_id
    }
    await soon(owner).not.toBeNull()
    const winner = (await owner()) === anna.operator.id ? anna : ben
    const loser = winner === anna ? ben : anna
    await winner.input.waitFor()
    await loser.page.getByText(`${winner.operator.name} has this conversation.`).waitFor()
    expect(await loser.input.count()).toBe(0)
    await expectScreensEqualDatabase(scene, { conversationId: id, desk: winner })
    await expectScreensEqualDatabase(scene, { conversationId: id, desk: loser })
    const taken = await scene.sql(
      `select from entries where conversation_id = $1 and body->>'event' = 'assigned'`,
      [id],
    )
    expect(taken).toHaveLength(1)
  }
})

test('an answer written while the taking of the conversation is still on its way comes after it', async ({
  scene,
}) => {
  const { desk, visitor, id } = await meet(scene, { assigned: false })
  await desk.page.route('**/assignee', async (route) => {
    await new Promise((done) => setTimeout(done, 1_500))
    await route.continue()
  })
  await desk.assignToMe()
  await desk.say('Written at once')
  await visitor.message('Written at once').waitFor()
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
})
