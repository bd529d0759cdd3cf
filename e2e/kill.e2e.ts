import { expect, inject } from 'vitest'
import { expectScreensEqualDatabase } from './world/compare.ts'
import { meet } from './world/meeting.ts'
import { test } from './world/scene.ts'

const { mode } = inject('e2e')

if (mode === 'one') {
  test('a server killed in mid-conversation and started again has lost nothing, and people go on by themselves', async ({
    own: { scene, installation },
  }) => {
    const { desk, visitor, id } = await meet(scene)
    const both = { conversationId: id, desk, messenger: visitor }
    const [server] = installation.processes
    scene.expectOutage()
    for (let round = 1; round <= 2; round++) {
      await Promise.all([desk.say(`answer ${round}`), visitor.say(`question ${round}`)])
      await server?.stop('SIGKILL')
      await Promise.all([
        desk.say(`answer in the dark ${round}`),
        visitor.say(`question in the dark ${round}`),
      ])
      await server?.startAgain()
      await desk.message(`question in the dark ${round}`).waitFor({ timeout: 30_000 })
      await visitor.message(`answer in the dark ${round}`).waitFor({ timeout: 30_000 })
      await expectScreensEqualDatabase(scene, both)
    }
  })
} else {
  test('an HTTP process and a socket process that are gone for good are not missed', async ({
    own: { scene, installation },
  }) => {
    const { desk, visitor, id } = await meet(scene)
    scene.expectOutage()
    const named = (name: string) => installation.processes.find((each) => each.name === name)
    await Promise.all([desk.say('answer 1'), visitor.say('question 1')])
    await Promise.all([named('http-1')?.stop('SIGKILL'), named('socket-2')?.stop('SIGKILL')])
    await Promise.all([desk.say('answer 2'), visitor.say('question 2')])
    await desk.message('question 2').waitFor({ timeout: 30_000 })
    await visitor.message('answer 2').waitFor({ timeout: 30_000 })
    await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
    await Promise.all([desk.page.reload(), visitor.page.reload()])
    await visitor.say('question 3')
    await desk.message('question 3').waitFor()
    await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
  })

  test('contact and operator are served by different processes, and nobody sticks to one', async ({
    own: { scene, installation },
  }) => {
    const { desk, visitor } = await meet(scene)
    await desk.say('Yes, it is.')
    await visitor.message('Yes, it is.').waitFor()
    const record = installation.balancer?.record ?? []
    const processesOf = (kind: string, who: string) =>
      [
        ...new Set(
          record.filter((each) => each.kind === kind && each.who === who).map((each) => each.process),
        ),
      ].sort()
    for (const who of ['operator', 'contact']) expect(processesOf('http', who)).toEqual(['http-1', 'http-2'])
    const sockets = record.filter(({ kind }) => kind === 'socket').slice(-2)
    expect(sockets.map(({ who }) => who).sort(), 'the two of this conversation').toEqual([
      'contact',
      'operator',
    ])
    expect(new Set(sockets.map(({ process }) => process)).size, 'hang on two processes').toBe(2)
  })
}
