import { randomUUID } from 'node:crypto'
import { assignConversation, sendMessage } from '@foyer/contract/conversations.ts'
import { expect, test } from 'vitest'
import { startWorldForTest } from '../../testing/world.ts'
import { accessWidget } from './access.ts'
import { createMessengerConfigs, readDemoWidget } from './reads.ts'

test('[S2 S4] the messenger is told whether somebody has room, who answers, and how long it usually takes', async () => {
  const world = await startWorldForTest()
  const ann = await world.build.operator({ name: 'Ann Real', alias: 'Ann' })
  const { organizationId } = ann
  const widget = await world.build.widget({ organizationId })
  const client = await world.operator(ann)
  const contact = await world.build.contact({ organizationId })
  // Looked at anew each time, beside what a process keeps for a while.
  const read = async () =>
    createMessengerConfigs(world).read(
      await accessWidget(world, widget.key, { origin: null, ownOrigin: world.url }),
    )
  const slots = (set: string) =>
    world.db.owner(`update operator_slots set ${set} where organization_id = $1`, [organizationId])

  expect(await read()).toMatchObject({
    available: false,
    free: false,
    replySeconds: null,
    team: [{ name: 'Ann', picture: null }],
  })
  await slots('online = true, present = true')
  expect(await read()).toMatchObject({ available: true, free: true })
  await slots('used = most')
  expect(await read()).toMatchObject({ available: true, free: false })
  await slots('online = false, used = 0')

  for (const waited of [1, 2, 30, 30, 3_000]) {
    const { id: conversationId } = await world.build.conversation({ contact, widget })
    const params = { conversationId }
    await client.api.call(assignConversation, {
      params,
      body: { id: randomUUID(), operatorId: ann.id, from: null },
    })
    await world.db.owner(
      `update conversations set waiting_since = clock_now() - make_interval(secs => $2) where id = $1`,
      [conversationId, waited * 60],
    )
    await client.api.call(sendMessage, { params, body: { id: randomUUID(), text: 'Here' } })
  }
  const rows = await world.db.owner<{ seconds: number }>(
    'select seconds from reply_times where widget_id = $1',
    [widget.id],
  )
  // Two answers may meet in one place; then one of them is forgotten, and fewer than five say nothing.
  if (rows.length === 5) expect((await read()).replySeconds).toBeCloseTo(1_800, -2)
  else expect((await read()).replySeconds).toBeNull()
  expect(rows.length).toBeGreaterThan(2)
})

test('the sample shop wears its own colour until somebody has chosen one for the messenger', async () => {
  const world = await startWorldForTest()
  const widget = await world.build.widget()
  expect(await readDemoWidget(world)).toEqual({ key: widget.key, color: null })
  await world.db.owner(`update widgets set color = '#102030' where id = $1`, [widget.id])
  expect(await readDemoWidget(world)).toEqual({ key: widget.key, color: '#102030' })
})
