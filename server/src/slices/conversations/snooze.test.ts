import { randomUUID } from 'node:crypto'
import type { Written } from '@foyer/contract/conversations.ts'
import * as contract from '@foyer/contract/conversations.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { addNote } from '@foyer/contract/notes.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BuiltConversation, BuiltOperator, BuiltWidget } from '../../testing/build.ts'
import {
  type ContactClient,
  eventually,
  expectSynced,
  type OperatorClient,
  startWorld,
  type World,
} from '../../testing/world.ts'

let world: World
let anna: BuiltOperator
let ben: BuiltOperator
let desk: OperatorClient
let colleague: OperatorClient
let widget: BuiltWidget

beforeAll(async () => {
  world = await startWorld()
  anna = await world.build.operator({ alias: 'Anna' })
  ben = await world.build.operator({ organizationId: anna.organizationId, alias: 'Ben' })
  widget = await world.build.widget({ organizationId: anna.organizationId })
  desk = await world.operator(anna)
  colleague = await world.operator(ben)
})
afterAll(() => world[Symbol.asyncDispose]())

const later = '2099-01-01T08:00:00.000Z'
type Case = {
  conversation: BuiltConversation
  contact: ContactClient
  at: { params: { conversationId: string } }
}

/** A conversation that Anna has, in which the contact has written. */
async function begin(): Promise<Case> {
  const made = await world.build.contact({ organizationId: widget.organizationId })
  const conversation = await world.build.conversation({ contact: made, widget })
  const contact = world.contact(made, widget.key)
  const at = { params: { conversationId: conversation.id } }
  await contact.api.call(messenger.writeMessage, { ...at, body: { id: randomUUID(), text: 'Hello' } })
  await desk.api.call(contract.assignConversation, {
    ...at,
    body: { id: randomUUID(), operatorId: anna.id, from: null },
  })
  return { conversation, contact, at }
}

const snooze = ({ at }: Case, until: string | null = later, by = desk, seen?: number): Promise<Written> =>
  by.api.call(contract.snoozeConversation, {
    ...at,
    body: { id: randomUUID(), until, ...(seen ? { seen } : {}) },
  })
const headOf = async ({ at }: Case) => (await desk.api.call(contract.readConversation, at)).head
const idsIn = async (list: 'mine' | 'snoozed') =>
  (await desk.api.call(contract.listConversations, { query: { list } })).items.map(({ id }) => id)
const counts = async () =>
  (await desk.api.call(contract.listConversations, { query: { list: 'mine' } })).counts
const say = ({ at, contact }: Case, text = 'Still there?') =>
  contact.api.call(messenger.writeMessage, { ...at, body: { id: randomUUID(), text } })
/** Its time has come. */
const pass = ({ conversation }: Case) =>
  world.db.owner(
    `update conversations set snoozed_until = clock_now() - interval '1 second', position = 0 where id = $1`,
    [conversation.id],
  )

describe('[I17] a conversation that is put off', () => {
  test('leaves what is mine and its counts for a list of its own, in the order of coming back', async () => {
    const [first, second] = [await begin(), await begin()]
    const before = await counts()
    await expectSynced(
      { conversation: first.conversation, operator: desk, contact: first.contact },
      async () => {
        const { packet } = await snooze(first, '2099-01-02T08:00:00.000Z')
        expect(packet.head).toMatchObject({
          snoozedUntil: '2099-01-02T08:00:00.000Z',
          state: 'new',
          assigneeId: anna.id,
        })
        expect(packet.entries[0]).toMatchObject({
          kind: 'event',
          publicSeq: null,
          body: { event: 'snoozed', until: '2099-01-02T08:00:00.000Z' },
        })
      },
    )
    await snooze(second, '2099-01-01T08:00:00.000Z')
    expect(await idsIn('snoozed')).toEqual([second.conversation.id, first.conversation.id])
    expect(await idsIn('mine')).not.toContain(first.conversation.id)
    expect(await counts()).toMatchObject({
      mine: before.mine - 2,
      mineWaiting: before.mineWaiting - 2,
      mineUnread: before.mineUnread - 2,
      mineSnoozed: before.mineSnoozed + 2,
    })
    const { items } = await desk.api.call(contract.listConversations, { query: { list: 'all' } })
    expect(items.find(({ id }) => id === first.conversation.id)?.snoozedUntil).not.toBeNull()
  })

  test('is there again at once when its contact writes, and the contact never hears of it', async () => {
    const one = await begin()
    await expectSynced({ conversation: one.conversation, operator: desk, contact: one.contact }, async () => {
      await snooze(one)
      await say(one)
    })
    expect(await headOf(one)).toMatchObject({ snoozedUntil: null, rank: 1 })
    const mine = await one.contact.api.call(messenger.readMyConversation, one.at)
    expect(JSON.stringify(mine)).not.toMatch(/snooz|2099/)
  })

  test('comes back when its time has come, as a turn of ours, with a sign', async () => {
    const one = await begin()
    await desk.api.call(contract.sendMessage, { ...one.at, body: { id: randomUUID(), text: 'I will see' } })
    expect((await snooze(one)).packet.head.state).toBe('pending')
    await pass(one)
    const head = await eventually(
      () => headOf(one),
      ({ snoozedUntil }) => snoozedUntil === null,
    )
    expect(head).toMatchObject({ state: 'open', rank: 1 })
    expect(head.waitingSince).not.toBeNull()
    const { entries } = await desk.api.call(contract.readConversation, one.at)
    expect(entries.at(-1)).toMatchObject({
      actor: { kind: 'system' },
      body: { event: 'snooze_ended' },
      publicSeq: null,
    })
    expect(entries.filter(({ body }) => body?.event === 'snooze_ended')).toHaveLength(1)
    expect(await idsIn('mine')).toContain(one.conversation.id)
  })

  test('does not end of silence before it is back', async () => {
    const one = await begin()
    await desk.api.call(contract.setState, { ...one.at, body: { id: randomUUID(), state: 'pending' } })
    await snooze(one)
    await world.db.owner(`update conversations set ends_at = clock_now() - interval '1 day' where id = $1`, [
      one.conversation.id,
    ])
    await new Promise((done) => setTimeout(done, 2_500))
    expect(await headOf(one)).toMatchObject({ state: 'pending', snoozedUntil: later })
    await pass(one)
    await eventually(
      () => headOf(one),
      ({ state }) => state === 'open',
    )
  })

  test('what our side says leaves it so; what is done with it ends it', async () => {
    const kept = await begin()
    await snooze(kept)
    await desk.api.call(contract.sendMessage, { ...kept.at, body: { id: randomUUID(), text: 'On it' } })
    await colleague.api.call(addNote, { ...kept.at, body: { id: randomUUID(), text: 'Call them' } })
    expect(await headOf(kept)).toMatchObject({ snoozedUntil: later, rank: 2, state: 'pending' })

    const id = randomUUID
    const ways: ((one: Case) => Promise<unknown>)[] = [
      (one) => desk.api.call(contract.setState, { ...one.at, body: { id: id(), state: 'open' } }),
      (one) => desk.api.call(contract.setState, { ...one.at, body: { id: id(), state: 'pending' } }),
      (one) => desk.api.call(contract.endConversation, { ...one.at, body: { id: id() } }),
      (one) =>
        desk.api.call(contract.assignConversation, {
          ...one.at,
          body: { id: id(), operatorId: null, from: anna.id },
        }),
      (one) =>
        desk.api.call(contract.assignConversation, {
          ...one.at,
          body: { id: id(), operatorId: ben.id, from: anna.id },
        }),
      (one) =>
        colleague.api.call(contract.assignConversation, {
          ...one.at,
          body: { id: id(), operatorId: ben.id, from: anna.id },
        }),
      (one) => snooze(one, null),
    ]
    for (const [index, way] of ways.entries()) {
      const one = await begin()
      await snooze(one)
      await way(one)
      expect((await headOf(one)).snoozedUntil, `way ${index}`).toBeNull()
      expect((await headOf(one)).rank, `way ${index}`).not.toBe(2)
    }
  })

  test('is put off by whoever has it; not while nobody does, not over what was not seen, not twice brought back', async () => {
    const one = await begin()
    const { n } = await headOf(one)
    await say(one)
    await expect(snooze(one, later, desk, n)).rejects.toMatchObject({
      code: 'conversation.changed_meanwhile',
    })
    await desk.api.call(contract.assignConversation, {
      ...one.at,
      body: { id: randomUUID(), operatorId: null, from: anna.id },
    })
    await expect(snooze(one)).rejects.toMatchObject({ code: 'conversation.not_yours' })
    const other = await begin()
    await expect(snooze(other, null)).rejects.toMatchObject({ code: 'conversation.not_snoozed' })
    const body = { id: randomUUID(), until: later }
    const sent = await desk.api.call(contract.snoozeConversation, { ...other.at, body })
    const again = await desk.api.call(contract.snoozeConversation, { ...other.at, body })
    expect([sent.replayed, again.replayed]).toEqual([false, true])
    await world.db.owner(
      `update roles set rights = array_remove(rights, 'conversations.take_over') where organization_id = $1`,
      [anna.organizationId],
    )
    const third = await world.operator(await world.build.operator({ organizationId: anna.organizationId }))
    await expect(snooze(other, null, third)).rejects.toMatchObject({ code: 'conversation.not_yours' })
  })
})
