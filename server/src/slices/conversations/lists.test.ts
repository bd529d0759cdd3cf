import { randomUUID } from 'node:crypto'
import {
  assignConversation,
  type Head,
  listContactConversations,
  listConversations,
  markRead,
} from '@foyer/contract/conversations.ts'
import { countsShown, digest } from '@foyer/contract/state.ts'
import { expect, test } from 'vitest'
import type { BuiltOperator, BuiltWidget } from '../../testing/build.ts'
import { eventually, startWorldForTest, type World } from '../../testing/world.ts'

type Stage = {
  world: World
  operator: BuiltOperator
  widget: BuiltWidget
  give: (groupId: string | null) => Promise<string>
}

async function openStage(): Promise<Stage> {
  const world = await startWorldForTest()
  const operator = await world.build.operator()
  const { organizationId } = operator
  const widget = await world.build.widget({ organizationId })
  return {
    world,
    operator,
    widget,
    async give(groupId) {
      const contact = await world.build.contact({ organizationId })
      const built = await world.build.conversation({ contact, widget })
      if (groupId)
        await world.build.happen(built, {
          kind: 'group_assigned',
          by: operator.id,
          groupId,
          groupName: 'Returns',
        })
      return built.id
    },
  }
}

test('[I16, A2] a group’s list has what was given to it and nobody has, page by page, in the order of attention', async () => {
  const { world, operator, give } = await openStage()
  const { organizationId } = operator
  const [returns, sales] = [
    await world.build.group({ organizationId }),
    await world.build.group({ organizationId }),
  ]
  const ids: string[] = []
  for (let count = 0; count < 7; count++) {
    ids.push(await give(returns))
    await give(sales)
    await give(null)
  }
  const client = await world.operator(operator)
  const read = (cursor?: string) =>
    client.api.call(listConversations, {
      query: { list: 'group', group: returns, limit: 3, ...(cursor ? { cursor } : {}) },
    })
  const rows: Head[] = []
  for (let next: string | null | undefined; next !== null; ) {
    const page = await read(next)
    expect(page.counts).toMatchObject({ unassigned: 21, group: 7 })
    rows.push(...page.items)
    next = page.next
  }
  expect(rows.map(({ id }) => id)).toEqual(ids)
  expect((await client.api.call(listConversations, { query: { list: 'group' } })).items).toEqual([])

  const stranger = await world.operator(await world.build.operator())
  const theirs = await stranger.api.call(listConversations, { query: { list: 'group', group: returns } })
  expect([theirs.items, theirs.counts.group]).toEqual([[], 0])
})

test('[I16] who shows a group’s list hears of what comes to it, and is told when they missed something', async () => {
  const { world, operator, give } = await openStage()
  const { organizationId } = operator
  const returns = await world.build.group({ organizationId })
  await give(returns)
  const client = await world.operator(operator)
  const stale: string[] = []
  const heard: string[] = []
  client.live.onFrame((frame) => {
    if (frame.type === 'stale') stale.push(frame.list)
    if (frame.type === 'head') heard.push(frame.head.id)
  })
  const read = () => client.api.call(listConversations, { query: { list: 'group', group: returns } })
  let shown = await read()
  let sent = 0
  client.live.setLists(() => {
    sent++
    // What is wrong each time ends each answer, so that it is known when all have come.
    const digests = { group: digest(shown.items, countsShown('group', shown.counts)), mine: 'not what it is' }
    return { digests, group: returns }
  })
  await eventually(
    () => client.live.status(),
    (status) => status === 'live',
  )
  /** Compares, and says how often the group's list was found to be old in all. */
  const compare = async () => {
    client.live.sendLists()
    await eventually(
      () => stale.filter((list) => list === 'mine').length,
      (answers) => answers === sent,
    )
    return stale.filter((list) => list === 'group').length
  }
  expect(await compare()).toBe(0)
  // Written past the product, as if every notice of it had been lost.
  const missed = await give(returns)
  expect(await compare()).toBe(1)
  shown = await read()
  expect(shown.items.map(({ id }) => id)).toContain(missed)
  expect(await compare()).toBe(1)

  const params = { conversationId: missed }
  const body = { id: randomUUID(), operatorId: operator.id, from: null }
  await client.api.call(assignConversation, { params, body })
  await eventually(
    () => heard,
    (ids) => ids.includes(missed),
  )
})

test('[I16] what waits for me and what is for me to take is counted, with since when the longest waits', async () => {
  const { world, operator, widget, give } = await openStage()
  const { organizationId } = operator
  const returns = await world.build.group({ organizationId, members: [operator] })
  const sales = await world.build.group({ organizationId })
  const client = await world.operator(operator)
  const read = async () =>
    (await client.api.call(listConversations, { query: { list: 'unassigned', group: returns } })).counts
  const nothing = { unassigned: 0, mineWaiting: 0, forMe: 0, unassignedSince: null, groupSince: null }
  expect(await read()).toMatchObject(nothing)

  const [first, inReturns] = [await give(null), await give(returns)]
  await give(sales)
  const contact = await world.build.contact({ organizationId })
  const mine = await world.build.conversation({ contact, widget, assignee: operator })
  const head = async (id: string) =>
    (await client.api.call(listConversations, { query: { list: 'all' } })).items.find((one) => one.id === id)
  expect(await read()).toMatchObject({
    unassigned: 3,
    forMe: 2,
    mineWaiting: 1,
    unassignedSince: (await head(first))?.waitingSince,
    groupSince: (await head(inReturns))?.waitingSince,
  })
  await world.build.happen(mine, { kind: 'state_set', by: operator.id, state: 'pending' })
  // Set aside, but something in it is still unread.
  expect(await read()).toMatchObject({ mineWaiting: 1 })
  const at = { params: { conversationId: mine.id } }
  await client.api.call(markRead, { ...at, body: { read: mine.row.public_seq } })
  expect(await read()).toMatchObject({ mineWaiting: 0 })
  const take = (id: string) =>
    client.api.call(assignConversation, {
      params: { conversationId: id },
      body: { id: randomUUID(), operatorId: operator.id, from: null },
    })
  await take(first)
  await take(inReturns)
  expect(await read()).toMatchObject({ unassigned: 1, forMe: 0, mineWaiting: 2, groupSince: null })
})

test('[N3] all conversations of one contact, page by page, newest first, and nobody else’s', async () => {
  const { world, operator, widget, give } = await openStage()
  const contact = await world.build.contact({ organizationId: operator.organizationId })
  const ids: string[] = []
  for (let count = 0; count < 5; count++) {
    ids.unshift((await world.build.conversation({ contact, widget })).id)
    await give(null)
  }
  const client = await world.operator(operator)
  const rows: Head[] = []
  for (let next: string | null | undefined; next !== null; ) {
    const page = await client.api.call(listContactConversations, {
      params: { contactId: contact.id },
      query: { limit: 2, ...(next ? { cursor: next } : {}) },
    })
    rows.push(...page.items)
    next = page.next
  }
  expect(rows.map(({ id }) => id)).toEqual(ids)
  const stranger = await world.operator(await world.build.operator())
  await expect(
    stranger.api.call(listContactConversations, { params: { contactId: contact.id } }),
  ).rejects.toMatchObject({ code: 'contact.unknown' })
})
