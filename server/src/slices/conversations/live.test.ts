import { randomUUID } from 'node:crypto'
import * as contract from '@foyer/contract/conversations.ts'
import { setAvailability } from '@foyer/contract/operators.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BuiltConversation } from '../../testing/build.ts'
import { at, createLiveStage, type LiveStage } from '../../testing/live-stage.ts'
import { eventually, expectSynced, type OperatorClient, startWorld, type World } from '../../testing/world.ts'

let world: World
let stage: LiveStage
beforeAll(async () => {
  world = await startWorld()
  stage = createLiveStage(world)
})
afterAll(() => world[Symbol.asyncDispose]())

describe('[I8, I13, S3, S4] a slot and who gets it', () => {
  test('[I13, I8, S6] the first message finds an operator with a free slot, and is never shown as unassigned', async () => {
    const { operators, write } = await stage.team([1])
    const asker = await write()
    expect(asker.head).toMatchObject({ live: true, operator: { name: 'Operator 0' } })
    const head = await stage.headOf(asker.conversationId)
    expect(head).toMatchObject({ state: 'open', assignee_id: operators[0]?.built.id })
    expect(await stage.eventsOf(asker.conversationId)).toEqual([
      { event: 'assigned', reason: 'routed', session: 'live' },
    ])
    expect(await stage.slotsOf(operators[0]?.built.id ?? '')).toMatchObject({ used: 1, free: 0 })
    const list = await operators[0]?.client.api.call(contract.listConversations, { query: { list: 'mine' } })
    expect(list?.items[0]).toMatchObject({ live: true, state: 'open' })
    expect(list?.counts.mineLive).toBe(1)
  })

  test('[S4, I14] without a slot it waits for later, and the freed slot is for whoever waits longest', async () => {
    const { operators, write, organizationId } = await stage.team([1])
    const [first, second, third] = [await write(), await write(), await write()]
    expect([first.head.live, second.head.live, third.head.live]).toEqual([true, false, false])
    expect(await stage.headOf(second.conversationId)).toMatchObject({
      state: 'new',
      assignee_id: null,
      wants_live: true,
    })
    await operators[0]?.client.api.call(contract.endConversation, {
      ...at(first.conversationId),
      body: { id: randomUUID() },
    })
    const head = await eventually(
      () => stage.headOf(second.conversationId),
      (now) => now.live_since !== null,
      1_000,
    )
    expect(head).toMatchObject({ state: 'open', assignee_id: operators[0]?.built.id })
    expect((await stage.headOf(third.conversationId)).live_since).toBeNull()
    await stage.expectInvariants(organizationId)
  })

  test('[S1, I12] going offline keeps the conversation and ends its being live, at once and told', async () => {
    const { operators, write } = await stage.team([2])
    const asker = await write()
    const end = asker.client.live.watch(asker.conversationId)
    await operators[0]?.client.api.call(setAvailability, { body: { online: false } })
    const head = await eventually(
      () => stage.headOf(asker.conversationId),
      (now) => now.live_since === null,
      1_000,
    )
    expect(head.assignee_id).toBe(operators[0]?.built.id)
    await eventually(
      () => asker.client.live.conversation(asker.conversationId)?.head.live,
      (live) => live === false,
    )
    end()
    expect((await stage.eventsOf(asker.conversationId)).at(-1)).toMatchObject({
      event: 'live_ended',
      reason: 'operator_gone',
    })
    expect(await stage.slotsOf(operators[0]?.built.id ?? '')).toMatchObject({ used: 0 })
  })

  test('[S1] coming online takes whoever waits there', async () => {
    const { operators, write } = await stage.team([1])
    const client = operators[0]?.client
    await client?.api.call(setAvailability, { body: { online: false } })
    const asker = await write()
    expect(asker.head.live).toBe(false)
    await client?.api.call(setAvailability, { body: { online: true } })
    await eventually(
      () => stage.headOf(asker.conversationId),
      (now) => now.live_since !== null,
      1_000,
    )
  })

  test('[I8] what waits for an operator of its own goes live when a slot of theirs is free', async () => {
    const { operators, write } = await stage.team([1])
    const [first, second] = [await write(), await write()]
    const client = operators[0]?.client
    const me = operators[0]?.built.id ?? null
    await client?.api.call(contract.assignConversation, {
      ...at(second.conversationId),
      body: { id: randomUUID(), operatorId: me, from: null },
    })
    expect(await stage.headOf(second.conversationId)).toMatchObject({
      assignee_id: me,
      live_since: null,
      wants_live: true,
    })
    await client?.api.call(contract.endLive, { ...at(first.conversationId), body: { id: randomUUID() } })
    await eventually(
      () => stage.headOf(second.conversationId),
      (now) => now.live_since !== null,
      1_000,
    )
    expect((await stage.eventsOf(second.conversationId)).at(-1)?.event).toBe('live_began')
    // Not live any more, but still theirs: the next message wants a slot again, and there is none.
    await stage.say(first)
    expect(await stage.headOf(first.conversationId)).toMatchObject({
      live_since: null,
      wants_live: true,
      assignee_id: me,
    })
  })

  test('[A2] a live conversation handed over stays live where there is a slot, and goes on for later where there is none', async () => {
    const { operators, write, organizationId } = await stage.team([1, 0])
    const [one, other] = operators
    const asker = await write()
    const hand = (from: string | null, to: string | null) =>
      one?.client.api.call(contract.assignConversation, {
        ...at(asker.conversationId),
        body: { id: randomUUID(), operatorId: to, from },
      })
    await hand(one?.built.id ?? null, other?.built.id ?? null)
    expect(await stage.headOf(asker.conversationId)).toMatchObject({
      assignee_id: other?.built.id,
      live_since: null,
      wants_live: true,
    })
    await hand(other?.built.id ?? null, one?.built.id ?? null)
    expect((await stage.headOf(asker.conversationId)).live_since).not.toBeNull()
    await world.db.owner('update operator_slots set most = 3 where operator_id = $1', [other?.built.id])
    await hand(one?.built.id ?? null, other?.built.id ?? null)
    expect((await stage.headOf(asker.conversationId)).live_since).not.toBeNull()
    expect(await stage.slotsOf(one?.built.id ?? '')).toMatchObject({ used: 0 })
    expect(await stage.slotsOf(other?.built.id ?? '')).toMatchObject({ used: 1 })
    await stage.expectInvariants(organizationId)
  })
})

describe('[I12] deadlines', () => {
  test('[I12] what is sent moves the live deadline, typing does not; past it the slot is free', async () => {
    const { operators, write, organizationId } = await stage.team([1])
    const asker = await write()
    await world.db.advance(6 * 60_000)
    await stage.say(asker)
    await world.db.advance(6 * 60_000)
    expect((await stage.headOf(asker.conversationId)).live_since).not.toBeNull()
    await world.db.advance(5 * 60_000)
    await eventually(
      () => stage.headOf(asker.conversationId),
      (now) => now.live_since === null,
    )
    expect((await stage.eventsOf(asker.conversationId)).at(-1)).toMatchObject({
      event: 'live_ended',
      reason: 'silence',
    })
    expect(await stage.slotsOf(operators[0]?.built.id ?? '')).toMatchObject({ used: 0 })
    await stage.expectInvariants(organizationId)
  })

  test('[I7] after 30 days without an answer it ends, once over two workers, and the contact can take it up again', async () => {
    await world.another()
    const { operators, write } = await stage.team([1])
    const asker = await write()
    await operators[0]?.client.api.call(contract.sendMessage, {
      ...at(asker.conversationId),
      body: { id: randomUUID(), text: 'Which colour?' },
    })
    await world.db.advance(29 * 86_400_000)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect((await stage.headOf(asker.conversationId)).state).toBe('pending')
    await world.db.advance(86_400_001)
    await eventually(
      () => stage.headOf(asker.conversationId),
      (now) => now.state === 'ended',
    )
    const ended = (await stage.eventsOf(asker.conversationId)).filter(({ event }) => event === 'ended')
    expect(ended).toEqual([{ event: 'ended', reason: 'silence', session: 'later' }])
  })
})

describe('[I11] what both sides hold after a change is what a fresh read gives', () => {
  async function live(slots = [1]) {
    const { operators, write, organizationId } = await stage.team(slots)
    const asker = await write()
    const operator = operators[0]?.client as OperatorClient
    const conversation = { id: asker.conversationId, organizationId } as BuiltConversation
    return {
      asker,
      operator,
      colleague: operators[1]?.client as OperatorClient,
      me: operators[0]?.built.id ?? '',
      followed: { conversation, operator, contact: asker.client },
      write,
      organizationId,
    }
  }

  test('assignGroup', async () => {
    const { followed, operator, organizationId, asker } = await live()
    const groupId = await world.build.group({ organizationId })
    await expectSynced(followed, async () => {
      for (const id of [groupId, null])
        await operator.api.call(contract.assignGroup, {
          ...at(asker.conversationId),
          body: { id: randomUUID(), groupId: id },
        })
    })
  })

  test('endLive, and fillSlots that gives the slot on', async () => {
    const { followed, operator, asker, write } = await live()
    const next = await write()
    const other = {
      ...followed,
      conversation: { ...followed.conversation, id: next.conversationId },
      contact: next.client,
    }
    await expectSynced(other, async () => {
      await expectSynced(followed, () =>
        operator.api.call(contract.endLive, { ...at(asker.conversationId), body: { id: randomUUID() } }),
      )
      await eventually(
        () => operator.live.conversation(next.conversationId)?.head.live,
        (isLive) => isLive === true,
      )
    })
  })

  test('comeDue: silence for as long as the widget says', async () => {
    const { followed, operator, asker } = await live()
    await expectSynced(followed, async () => {
      await world.db.advance(11 * 60_000)
      await eventually(
        () => operator.live.conversation(asker.conversationId)?.head.live,
        (isLive) => isLive === false,
      )
    })
  })

  test('[X7] leaveBehind: what a leaver held stands among the unassigned', async () => {
    // A colleague looks on, because a leaver may read nothing any more.
    const { followed, colleague, me, asker } = await live([1, 0])
    await expectSynced({ ...followed, operator: colleague }, async () => {
      await world.db.owner('update operators set deactivated_at = clock_now() where id = $1', [me])
      await eventually(
        () => stage.headOf(asker.conversationId),
        (head) => head.assignee_id === null,
      )
    })
    expect((await stage.eventsOf(asker.conversationId)).at(-1)).toMatchObject({
      event: 'unassigned',
      reason: 'left',
    })
    expect(await stage.slotsOf(me)).toMatchObject({ used: 0 })
  })
})
