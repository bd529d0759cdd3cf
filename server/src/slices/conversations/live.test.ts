import { randomUUID } from 'node:crypto'
import * as contract from '@foyer/contract/conversations.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { setAvailability } from '@foyer/contract/operators.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BuiltContact, BuiltOperator, BuiltWidget } from '../../testing/build.ts'
import {
  type ContactClient,
  eventually,
  type OperatorClient,
  startWorld,
  type World,
} from '../../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

type Team = {
  organizationId: string
  widget: BuiltWidget
  operators: { built: BuiltOperator; client: OperatorClient }[]
  write(text?: string): Promise<Asker>
}
type Asker = { contact: BuiltContact; client: ContactClient; conversationId: string; head: Held }
type Held = messenger.PublicHead

/** Operators who are online with so many slots each, and a widget. */
async function team(slots: number[], routing?: Record<string, unknown>): Promise<Team> {
  const first = await world.build.operator({ name: 'Operator 0' })
  const { organizationId } = first
  const widget = await world.build.widget({ organizationId })
  const operators = []
  for (const [index, most] of slots.entries()) {
    const built =
      index === 0 ? first : await world.build.operator({ organizationId, name: `Operator ${index}` })
    const client = await world.operator(built)
    await world.db.owner('update operator_slots set most = $2 where operator_id = $1', [built.id, most])
    await client.api.call(setAvailability, { body: { online: true } })
    await eventually(
      () => slotsOf(built.id),
      (row) => row?.present === true,
    )
    operators.push({ built, client })
  }
  for (const [column, value] of Object.entries(routing ?? {}))
    await world.db.owner(`update widgets set ${column} = $2 where id = $1`, [widget.id, value])
  return { organizationId, widget, operators, write: (text) => write({ organizationId, widget }, text) }
}

async function slotsOf(operatorId: string) {
  const [row] = await world.db.owner<{ used: number; free: number; present: boolean; most: number }>(
    'select used, free, present, most from operator_slots where operator_id = $1',
    [operatorId],
  )
  return row
}

async function headOf(conversationId: string) {
  const [row] = await world.db.owner<{
    state: string
    assignee_id: string | null
    group_id: string | null
    live_since: Date | null
    live_until: Date | null
    wants_live: boolean
    seq: string
    public_seq: string
  }>('select * from conversations where id = $1', [conversationId])
  if (!row) throw new Error('There is no such conversation.')
  return row
}

/** A contact with an open messenger who writes for the first time. */
async function write(
  place: { organizationId: string; widget: BuiltWidget },
  text = 'Is anybody there?',
  contact?: BuiltContact,
): Promise<Asker> {
  const built = contact ?? (await world.build.contact({ organizationId: place.organizationId }))
  const client = world.contact(built, place.widget.key)
  await eventually(
    () => isConnected(built.id),
    (connected) => connected,
  )
  const conversationId = randomUUID()
  const body = { id: conversationId, widgetKey: place.widget.key, message: { id: randomUUID(), text } }
  const { packet } = await client.api.call(messenger.startConversation, { body })
  return { contact: built, client, conversationId, head: packet.head }
}

async function isConnected(id: string): Promise<boolean> {
  const rows = await world.db.owner('select from presence where subject_id = $1', [id])
  return rows.length > 0
}

const at = (conversationId: string) => ({ params: { conversationId } })
const say = (asker: Asker, text = 'And another thing') =>
  asker.client.api.call(messenger.writeMessage, {
    ...at(asker.conversationId),
    body: { id: randomUUID(), text },
  })
const eventsOf = (conversationId: string) =>
  world.db.owner<{ event: string; reason: string | null; session: string }>(
    `select body->>'event' as event, body->>'reason' as reason, session from entries
     where conversation_id = $1 and kind = 'event' order by seq`,
    [conversationId],
  )

/** What must hold of every conversation and every operator at every moment. */
async function expectInvariants(organizationId: string): Promise<void> {
  const wrong = await world.db.owner(
    `select s.operator_id, s.used, s.most, count(c.id) as live from operator_slots s
     left join conversations c on c.organization_id = s.organization_id and c.assignee_id = s.operator_id
       and c.live_since is not null
     where s.organization_id = $1 group by s.operator_id, s.used, s.most
     having count(c.id) <> s.used`,
    [organizationId],
  )
  expect(wrong).toEqual([])
}

describe('[I8, I13, S3, S4] a slot and who gets it', () => {
  test('[I13, I8, S6] the first message finds an operator with a free slot, and is never shown as unassigned', async () => {
    const { operators, write } = await team([1])
    const asker = await write()
    expect(asker.head).toMatchObject({ live: true, operator: { name: 'Operator 0' } })
    const head = await headOf(asker.conversationId)
    expect(head).toMatchObject({ state: 'open', assignee_id: operators[0]?.built.id })
    expect(await eventsOf(asker.conversationId)).toEqual([
      { event: 'assigned', reason: 'routed', session: 'live' },
    ])
    expect(await slotsOf(operators[0]?.built.id ?? '')).toMatchObject({ used: 1, free: 0 })
    const list = await operators[0]?.client.api.call(contract.listConversations, { query: { list: 'mine' } })
    expect(list?.items[0]).toMatchObject({ live: true, state: 'open' })
    expect(list?.counts.mineLive).toBe(1)
  })

  test('[S4, I14] without a slot it waits for later, and the freed slot is for whoever waits longest', async () => {
    const { operators, write, organizationId } = await team([1])
    const [first, second, third] = [await write(), await write(), await write()]
    expect([first.head.live, second.head.live, third.head.live]).toEqual([true, false, false])
    expect(await headOf(second.conversationId)).toMatchObject({
      state: 'new',
      assignee_id: null,
      wants_live: true,
    })
    await operators[0]?.client.api.call(contract.endConversation, {
      ...at(first.conversationId),
      body: { id: randomUUID() },
    })
    const head = await eventually(
      () => headOf(second.conversationId),
      (now) => now.live_since !== null,
      1_000,
    )
    expect(head).toMatchObject({ state: 'open', assignee_id: operators[0]?.built.id })
    expect((await headOf(third.conversationId)).live_since).toBeNull()
    await expectInvariants(organizationId)
  })

  test('[S1, I12] going offline keeps the conversation and ends its being live, at once and told', async () => {
    const { operators, write } = await team([2])
    const asker = await write()
    const end = asker.client.live.watch(asker.conversationId)
    await operators[0]?.client.api.call(setAvailability, { body: { online: false } })
    const head = await eventually(
      () => headOf(asker.conversationId),
      (now) => now.live_since === null,
      1_000,
    )
    expect(head.assignee_id).toBe(operators[0]?.built.id)
    await eventually(
      () => asker.client.live.conversation(asker.conversationId)?.head.live,
      (live) => live === false,
    )
    end()
    expect((await eventsOf(asker.conversationId)).at(-1)).toMatchObject({
      event: 'live_ended',
      reason: 'operator_gone',
    })
    expect(await slotsOf(operators[0]?.built.id ?? '')).toMatchObject({ used: 0 })
  })

  test('[S1] coming online takes whoever waits there', async () => {
    const { operators, write } = await team([1])
    const client = operators[0]?.client
    await client?.api.call(setAvailability, { body: { online: false } })
    const asker = await write()
    expect(asker.head.live).toBe(false)
    await client?.api.call(setAvailability, { body: { online: true } })
    await eventually(
      () => headOf(asker.conversationId),
      (now) => now.live_since !== null,
      1_000,
    )
  })

  test('[I8] what waits for an operator of its own goes live when a slot of theirs is free', async () => {
    const { operators, write } = await team([1])
    const [first, second] = [await write(), await write()]
    const client = operators[0]?.client
    const me = operators[0]?.built.id ?? null
    await client?.api.call(contract.assignConversation, {
      ...at(second.conversationId),
      body: { id: randomUUID(), operatorId: me, from: null },
    })
    expect(await headOf(second.conversationId)).toMatchObject({
      assignee_id: me,
      live_since: null,
      wants_live: true,
    })
    await client?.api.call(contract.endLive, { ...at(first.conversationId), body: { id: randomUUID() } })
    await eventually(
      () => headOf(second.conversationId),
      (now) => now.live_since !== null,
      1_000,
    )
    expect((await eventsOf(second.conversationId)).at(-1)?.event).toBe('live_began')
    // Not live any more, but still theirs: the next message wants a slot again, and there is none.
    await say(first)
    expect(await headOf(first.conversationId)).toMatchObject({
      live_since: null,
      wants_live: true,
      assignee_id: me,
    })
  })

  test('[A2] a live conversation handed over stays live where there is a slot, and goes on for later where there is none', async () => {
    const { operators, write, organizationId } = await team([1, 0])
    const [one, other] = operators
    const asker = await write()
    const hand = (from: string | null, to: string | null) =>
      one?.client.api.call(contract.assignConversation, {
        ...at(asker.conversationId),
        body: { id: randomUUID(), operatorId: to, from },
      })
    await hand(one?.built.id ?? null, other?.built.id ?? null)
    expect(await headOf(asker.conversationId)).toMatchObject({
      assignee_id: other?.built.id,
      live_since: null,
      wants_live: true,
    })
    await hand(other?.built.id ?? null, one?.built.id ?? null)
    expect((await headOf(asker.conversationId)).live_since).not.toBeNull()
    await world.db.owner('update operator_slots set most = 3 where operator_id = $1', [other?.built.id])
    await hand(one?.built.id ?? null, other?.built.id ?? null)
    expect((await headOf(asker.conversationId)).live_since).not.toBeNull()
    expect(await slotsOf(one?.built.id ?? '')).toMatchObject({ used: 0 })
    expect(await slotsOf(other?.built.id ?? '')).toMatchObject({ used: 1 })
    await expectInvariants(organizationId)
  })
})

describe('[I16] routing', () => {
  test('[I16] most free slots first, then whoever has been longest without one', async () => {
    const { operators, write } = await team([1, 2, 2])
    const got = []
    for (let count = 0; count < 5; count++) {
      const asker = await write()
      got.push(operators.findIndex(({ built }) => built.id === asker.head.operator?.id))
    }
    expect(new Set(got.slice(0, 2))).toEqual(new Set([1, 2]))
    expect(new Set(got.slice(2))).toEqual(new Set([0, 1, 2]))
  })

  test('[I16] a returning contact goes to the last operator if that one has a slot free', async () => {
    const { operators, write, organizationId, widget } = await team([1, 3])
    const first = await write()
    expect(first.head.operator?.id).toBe(operators[1]?.built.id)
    const again = await writeAgain({ organizationId, widget }, first)
    expect(again.head.operator?.id).toBe(operators[1]?.built.id)
    await operators[1]?.client.api.call(setAvailability, { body: { online: false } })
    const third = await writeAgain({ organizationId, widget }, first)
    expect(third.head.operator?.id).toBe(operators[0]?.built.id)
  })

  test('[I15, I16] an ended conversation taken up by its contact goes back to its operator, else to whoever is free', async () => {
    const { operators, write } = await team([1, 0])
    const asker = await write()
    const mine = operators[0]
    await mine?.client.api.call(contract.endConversation, {
      ...at(asker.conversationId),
      body: { id: randomUUID() },
    })
    const { packet } = await say(asker)
    expect(packet.head).toMatchObject({ live: true, ended: false, operator: { id: mine?.built.id } })
    await mine?.client.api.call(contract.endConversation, {
      ...at(asker.conversationId),
      body: { id: randomUUID() },
    })
    await mine?.client.api.call(setAvailability, { body: { online: false } })
    await world.db.owner('update operator_slots set most = 1 where operator_id = $1', [
      operators[1]?.built.id,
    ])
    const later = await say(asker)
    expect(later.packet.head).toMatchObject({ live: true, operator: { id: operators[1]?.built.id } })
    expect(later.packet.entries.map((entry) => entry.body?.event ?? entry.kind)).toEqual([
      'message',
      'assigned',
    ])
  })

  test('[I16, X7] a group’s widget goes to its members only; skills to whoever has all of them; a named operator first', async () => {
    const { operators, write, organizationId, widget } = await team([3, 1, 1])
    const [, member, skilled] = operators.map(({ built }) => built.id)
    const group = await addGroup(organizationId, 'Sales', [member ?? ''])
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
      await addSkill(organizationId, widget.id, name, who as string[])
    await world.db.owner(`update widgets set routing = 'skills' where id = $1`, [widget.id])
    expect((await write()).head.operator?.id).toBe(skilled)
    await world.db.owner(`update widgets set routing = 'operator', operator_id = $2 where id = $1`, [
      widget.id,
      member,
    ])
    expect((await write()).head.operator?.id).toBe(operators[0]?.built.id)
  })

  test('[A2, I16] given to a group: to one of it with a slot, else to one who is there, else to its unassigned', async () => {
    const { operators, write, organizationId } = await team([1, 1])
    const [one, other] = operators
    const group = await addGroup(organizationId, 'Returns', [other?.built.id ?? ''])
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
    await expectInvariants(organizationId)
  })
})

describe('[I12] deadlines', () => {
  test('[I12] what is sent moves the live deadline, typing does not; past it the slot is free', async () => {
    const { operators, write, organizationId } = await team([1])
    const asker = await write()
    await world.db.advance(6 * 60_000)
    await say(asker)
    await world.db.advance(6 * 60_000)
    expect((await headOf(asker.conversationId)).live_since).not.toBeNull()
    await world.db.advance(5 * 60_000)
    await eventually(
      () => headOf(asker.conversationId),
      (now) => now.live_since === null,
    )
    expect((await eventsOf(asker.conversationId)).at(-1)).toMatchObject({
      event: 'live_ended',
      reason: 'silence',
    })
    expect(await slotsOf(operators[0]?.built.id ?? '')).toMatchObject({ used: 0 })
    await expectInvariants(organizationId)
  })

  test('[I7] after 30 days without an answer it ends, once over two workers, and the contact can take it up again', async () => {
    await world.another()
    const { operators, write } = await team([1])
    const asker = await write()
    await operators[0]?.client.api.call(contract.sendMessage, {
      ...at(asker.conversationId),
      body: { id: randomUUID(), text: 'Which colour?' },
    })
    await world.db.advance(29 * 86_400_000)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect((await headOf(asker.conversationId)).state).toBe('pending')
    await world.db.advance(86_400_001)
    await eventually(
      () => headOf(asker.conversationId),
      (now) => now.state === 'ended',
    )
    const ended = (await eventsOf(asker.conversationId)).filter(({ event }) => event === 'ended')
    expect(ended).toEqual([{ event: 'ended', reason: 'silence', session: 'later' }])
  })
})

describe('many at once', () => {
  test('[I13, S3, S4] 200 contacts, ten operators of three slots, two processes: never a slot too many, nobody forgotten', async () => {
    const { operators, organizationId, widget } = await team(Array(10).fill(3))
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
    await expectInvariants(organizationId)
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
            if ((await count('wants_live')) === 0) return
            await new Promise((resolve) => setTimeout(resolve, 20))
            continue
          }
          await client.api.call(contract.endConversation, { ...at(live[0].id), body: { id: randomUUID() } })
          served.set(built.id, (served.get(built.id) ?? 0) + 1)
        }
      }),
    )
    expect(await count(`state <> 'ended'`)).toBe(0)
    await expectInvariants(organizationId)
    const shares = [...served.values()].sort((a, b) => a - b)
    console.info(`Served by each of ten operators: ${shares.join(', ')}`)
    expect(shares).toHaveLength(10)
  }, 60_000)

  test('[I8] the last slot goes to one of many who are given it at once', async () => {
    const { operators, organizationId, write } = await team([3, 3])
    const askers = await Promise.all(Array.from({ length: 6 }, () => write()))
    const [one, other] = operators
    await world.db.owner('update operator_slots set most = 4 where operator_id = $1', [one?.built.id])
    await Promise.all(
      askers.map(async ({ conversationId }) => {
        const { assignee_id: from } = await headOf(conversationId)
        if (from !== one?.built.id)
          await other?.client.api.call(contract.assignConversation, {
            ...at(conversationId),
            body: { id: randomUUID(), operatorId: one?.built.id ?? null, from },
          })
      }),
    )
    expect(await slotsOf(one?.built.id ?? '')).toMatchObject({ used: 4, most: 4 })
    await expectInvariants(organizationId)
  })
})

async function writeAgain(
  place: { organizationId: string; widget: BuiltWidget },
  asker: Asker,
): Promise<Asker> {
  return write(place, 'Once more', asker.contact)
}

async function addGroup(organizationId: string, name: string, members: string[]): Promise<string> {
  const id = randomUUID()
  await world.db.owner('insert into groups (organization_id, id, name) values ($1, $2, $3)', [
    organizationId,
    id,
    name,
  ])
  for (const member of members)
    await world.db.owner('insert into group_members values ($1, $2, $3)', [organizationId, id, member])
  return id
}

async function addSkill(
  organizationId: string,
  widgetId: string,
  name: string,
  who: string[],
): Promise<void> {
  const id = randomUUID()
  await world.db.owner('insert into skills (organization_id, id, name) values ($1, $2, $3)', [
    organizationId,
    id,
    name,
  ])
  await world.db.owner('insert into widget_skills values ($1, $2, $3)', [organizationId, widgetId, id])
  for (const operator of who)
    await world.db.owner('insert into operator_skills values ($1, $2, $3)', [organizationId, operator, id])
}
