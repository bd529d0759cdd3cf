import { listOperators, listWorkloads, setAvailability } from '@foyer/contract/operators.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLiveStage } from '../../testing/live-stage.ts'
import { eventually, type OperatorClient, startWorld, type World } from '../../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const statusOf = async (client: OperatorClient, id: string) => {
  const { items } = await client.api.call(listOperators)
  const { available, away, since } = items.find((item) => item.id === id) ?? {}
  return { available, away, since: Date.parse(since ?? '') }
}

test('[N5] since when somebody is online, away or offline; tabs of who is offline change nothing', async () => {
  const ann = await world.build.operator({ name: 'Ann' })
  const bob = await world.build.operator({ name: 'Bob', organizationId: ann.organizationId })
  const annClient = await world.operator(ann)
  const first = await statusOf(annClient, bob.id)
  const bobClient = await world.operator(bob)
  await eventually(
    () => world.db.owner('select from presence where subject_id = $1', [bob.id]),
    (rows) => rows.length > 0,
  )
  expect(await statusOf(annClient, bob.id)).toEqual(first)
  await bobClient.api.call(setAvailability, { body: { online: true } })
  const online = await statusOf(annClient, bob.id)
  expect(online).toMatchObject({ available: true, away: false })
  expect(online.since).toBeGreaterThan(first.since)
  await world.db.owner('delete from presence where subject_id = $1', [bob.id])
  const away = await statusOf(annClient, bob.id)
  expect(away).toMatchObject({ available: false, away: true })
  expect(away.since).toBeGreaterThan(online.since)
})

test('[N5] how many running conversations each has', async () => {
  const ann = await world.build.operator({ name: 'Ann' })
  const client = await world.operator(ann)
  expect((await client.api.call(listWorkloads)).items).toEqual([])
  const { organizationId } = ann
  const contact = await world.build.contact({ organizationId })
  const widget = await world.build.widget({ organizationId })
  for (let count = 0; count < 3; count++) {
    const conversation = await world.build.conversation({ contact, widget, assignee: ann })
    if (count === 0) await world.build.happen(conversation, { kind: 'ended', by: ann.id })
  }
  expect((await client.api.call(listWorkloads)).items).toEqual([{ operatorId: ann.id, running: 2, live: [] }])
})

test('[N5] with whom each is live, told to colleagues and to nobody else', async () => {
  const stage = createLiveStage(world)
  const team = await stage.team([2, 0])
  const [first, colleague] = team.operators
  const asker = await team.write()
  await eventually(
    () => stage.headOf(asker.conversationId),
    ({ live_since }) => live_since !== null,
  )
  const workloads = await colleague?.client.api.call(listWorkloads)
  expect(workloads?.items).toEqual([
    {
      operatorId: first?.built.id,
      running: 1,
      live: [
        {
          conversationId: asker.conversationId,
          contact: { id: asker.contact.id, name: null, email: null },
          since: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        },
      ],
    },
  ])
  const stranger = await world.operator(await world.build.operator())
  expect((await stranger.api.call(listWorkloads)).items).toEqual([])
})
