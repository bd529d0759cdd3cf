import { randomUUID } from 'node:crypto'
import * as contract from '@foyer/contract/conversations.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { setAvailability } from '@foyer/contract/operators.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, at, createLiveStage, type LiveStage } from '../../testing/live-stage.ts'
import { startWorld, type World } from '../../testing/world.ts'

let world: World
let stage: LiveStage
beforeAll(async () => {
  world = await startWorld()
  stage = createLiveStage(world)
})
afterAll(() => world[Symbol.asyncDispose]())

describe('[I16] routing', () => {
  test('[I16] most free slots first, then whoever has been longest without one', async () => {
    const { operators, write } = await stage.team([1, 2, 2])
    const got = []
    for (let count = 0; count < 5; count++) {
      const asker = await write()
      got.push(operators.findIndex(({ built }) => built.id === asker.head.operator?.id))
    }
    expect(new Set(got.slice(0, 2))).toEqual(new Set([1, 2]))
    expect(new Set(got.slice(2))).toEqual(new Set([0, 1, 2]))
  })

  test('[I16] a returning contact goes to the last operator if that one has a slot free', async () => {
    const { operators, write, organizationId, widget } = await stage.team([1, 3])
    const first = await write()
    expect(first.head.operator?.id).toBe(operators[1]?.built.id)
    const again = await stage.writeAgain({ organizationId, widget }, first)
    expect(again.head.operator?.id).toBe(operators[1]?.built.id)
    await operators[1]?.client.api.call(setAvailability, { body: { online: false } })
    const third = await stage.writeAgain({ organizationId, widget }, first)
    expect(third.head.operator?.id).toBe(operators[0]?.built.id)
  })

  test('[I15, I16] an ended conversation taken up by its contact goes back to its operator, else to whoever is free', async () => {
    const { operators, write } = await stage.team([1, 0])
    const asker = await write()
    const mine = operators[0]
    await mine?.client.api.call(contract.endConversation, {
      ...at(asker.conversationId),
      body: { id: randomUUID() },
    })
    const { packet } = await stage.say(asker)
    expect(packet.head).toMatchObject({ live: true, ended: false, operator: { id: mine?.built.id } })
    await mine?.client.api.call(contract.endConversation, {
      ...at(asker.conversationId),
      body: { id: randomUUID() },
    })
    await mine?.client.api.call(setAvailability, { body: { online: false } })
    await world.db.owner('update operator_slots set most = 1 where operator_id = $1', [
      operators[1]?.built.id,
    ])
    const later = await stage.say(asker)
    expect(later.packet.head).toMatchObject({ live: true, operator: { id: operators[1]?.built.id } })
    expect(later.packet.entries.map((entry) => entry.body?.event ?? entry.kind)).toEqual([
      'message',
      'assigned',
    ])
  })

  test('[I16, X7] a group’s widget goes to its members only; skills to whoever has all of them; a named operator first', async () => {
    const { operators, write, organizationId, widget } = await stage.team([3, 1, 1])
    const [, member, skilled] = operators.map(({ built }) => built.id)
    const group = await world.build.group({
      organizationId,
      members: operators.slice(1, 2).map(({ built }) => built),
    })
    await world.db.owner(`update widgets set routing = 'group', group_id = $2 where id = $1`, [
      widget.id,
      group,
    ])
    expect((await write()).head.operator?.id).toBe(member)
    expect((await write()).head.live).toBe(false)
    for (const [name, who] of [
      ['French', [member, skilled]],
      ['Billing', [skilled]],
    ] as const)
      await stage.addSkill(organizationId, widget.id, name, who as readonly string[])
    await world.db.owner(`update widgets set routing = 'skills' where id = $1`, [widget.id])
    expect((await write()).head.operator?.id).toBe(skilled)
    await world.db.owner(`update widgets set routing = 'operator', operator_id = $2 where id = $1`, [
      widget.id,
      member,
    ])
    expect((await write()).head.operator?.id).toBe(operators[0]?.built.id)
  })

  test('[A2, I16] given to a group: to one of it with a slot, else to one who is there, else to its unassigned', async () => {
    const { operators, write, organizationId } = await stage.team([1, 1])
    const [one, other] = operators
    const group = await world.build.group({
      organizationId,
      members: operators.slice(1).map(({ built }) => built),
    })
    const give = async (asker: Asker, groupId: string | null) =>
      (
        await one?.client.api.call(contract.assignGroup, {
          ...at(asker.conversationId),
          body: { id: randomUUID(), groupId },
        })
      )?.packet.head
    const asker = await write()
    const first = await give(asker, group)
    expect(first).toMatchObject({ groupId: group, assigneeId: other?.built.id, live: true })
    const second = await write()
    const third = await write()
    expect(await give(third, group)).toMatchObject({ assigneeId: other?.built.id, live: false })
    await other?.client.api.call(setAvailability, { body: { online: false } })
    expect(await give(second, group)).toMatchObject({ assigneeId: null, groupId: group, live: false })
    await stage.expectInvariants(organizationId)
  })
})

describe('many at once', () => {
  test('[I13, S3, S4] 200 contacts, ten operators of three slots, two processes: never a slot too many, nobody forgotten', async () => {
    const { operators, organizationId, widget } = await stage.team(Array(10).fill(3))
    const second = await world.another()
    const askers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const contact = await world.build.contact({ organizationId })
        await world.db.owner(
          `insert into presence (connection_id, process_id, organization_id, subject_kind, subject_id)
           select gen_random_uuid(), id, $1, 'contact', $2 from processes limit 1`,
          [organizationId, contact.id],
        )
        const conversationId = randomUUID()
        return { contact, conversationId, url: index % 2 ? world.url : second.url }
      }),
    )
    await Promise.all(
      askers.map(async ({ contact, conversationId, url }) => {
        const response = await fetch(url + messenger.startConversation.path, {
          method: 'POST',
          headers: { authorization: `Contact ${contact.token}`, 'content-type': 'application/json' },
          body: JSON.stringify({
            id: conversationId,
            widgetKey: widget.key,
            message: { id: randomUUID(), text: 'All at once' },
          }),
        })
        expect(response.status).toBe(200)
      }),
    )
    const count = async (where: string) => {
      const [row] = await world.db.owner<{ count: number }>(
        `select count(*)::int as count from conversations where organization_id = $1 and ${where}`,
        [organizationId],
      )
      return row?.count
    }
    expect(await count('live_since is not null')).toBe(30)
    expect(await count('true')).toBe(200)
    await stage.expectInvariants(organizationId)
    // Everybody is served in the end: each operator ends what is live until nobody waits.
    const served = new Map<string, number>()
    await Promise.all(
      operators.map(async ({ built, client }) => {
        for (;;) {
          const live = await world.db.owner<{ id: string }>(
            'select id from conversations where assignee_id = $1 and live_since is not null limit 1',
            [built.id],
          )
          if (!live[0]) {
            if ((await count(`state <> 'ended'`)) === 0) return
            await new Promise((resolve) => setTimeout(resolve, 20))
            continue
          }
          await client.api.call(contract.endConversation, { ...at(live[0].id), body: { id: randomUUID() } })
          served.set(built.id, (served.get(built.id) ?? 0) + 1)
        }
      }),
    )
    expect(await count(`state <> 'ended'`)).toBe(0)
    await stage.expectInvariants(organizationId)
    const shares = [...served.values()].sort((a, b) => a - b)
    console.info(`Served by each of ten operators: ${shares.join(', ')}`)
    expect(shares).toHaveLength(10)
  }, 60_000)

  test('[I8] the last slot goes to one of many who are given it at once', async () => {
    const { operators, organizationId, write } = await stage.team([3, 3])
    const askers = await Promise.all(Array.from({ length: 6 }, () => write()))
    const [one, other] = operators
    await world.db.owner('update operator_slots set most = 4 where operator_id = $1', [one?.built.id])
    await Promise.all(
      askers.map(async ({ conversationId }) => {
        const { assignee_id: from } = await stage.headOf(conversationId)
        if (from !== one?.built.id)
          await other?.client.api.call(contract.assignConversation, {
            ...at(conversationId),
            body: { id: randomUUID(), operatorId: one?.built.id ?? null, from },
          })
      }),
    )
    expect(await stage.slotsOf(one?.built.id ?? '')).toMatchObject({ used: 4, most: 4 })
    await stage.expectInvariants(organizationId)
  })
})
