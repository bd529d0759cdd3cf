import { randomUUID } from 'node:crypto'
import * as contract from '@foyer/contract/conversations.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltOperator, BuiltWidget } from '../../testing/build.ts'
import { eventually, expectSynced, type OperatorClient, startWorld, type World } from '../../testing/world.ts'

let world: World
let operators: [BuiltOperator, BuiltOperator]
let clients: [OperatorClient, OperatorClient]
let widget: BuiltWidget

beforeAll(async () => {
  world = await startWorld()
  const first = await world.build.operator({ alias: 'First' })
  const second = await world.build.operator({ organizationId: first.organizationId })
  operators = [first, second]
  widget = await world.build.widget({ organizationId: first.organizationId })
  await world.db.owner(
    'update widgets set waiting_minutes = 1, silent_minutes = 1, follow_up_texts = $2 where id = $1',
    [widget.id, JSON.stringify({ waiting: { en: 'Soon' }, silent: { en: 'Are you there?' } })],
  )
  clients = [await world.operator(first), await world.operator(second)]
})
afterAll(() => world[Symbol.asyncDispose]())

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant('contact writes' as const) },
  { weight: 4, arbitrary: fc.constant('operator writes' as const) },
  { weight: 2, arbitrary: fc.constant('a while passes' as const) },
  fc.constantFrom(
    'assign to me',
    'assign to the other',
    'unassign',
    'set open',
    'set pending',
    'snooze',
    'snooze is over',
    'bring back',
    'end',
    'resume',
    'contact reads',
    'operator reads',
    'repeat',
  ),
)

test('[I5, I6, I11, X1] after any sequence of actions, at once or one by one, both sides hold what the database holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ step, who: fc.nat(1), together: fc.boolean() }), { minLength: 1, maxLength: 25 }),
      async (steps) => {
        const contactMade = await world.build.contact({ organizationId: widget.organizationId })
        const conversation = await world.build.conversation({ contact: contactMade, widget })
        const contact = world.contact(contactMade, widget.key)
        const at = { params: { conversationId: conversation.id } }
        let last = { id: randomUUID(), text: 'never sent' }

        const run = async ({ step, who }: (typeof steps)[number]): Promise<unknown> => {
          const { api } = clients[who] as OperatorClient
          const me = operators[who] as BuiltOperator
          const other = operators[1 - who] as BuiltOperator
          const id = randomUUID()
          switch (step) {
            case 'contact writes':
              return contact.api.call(messenger.writeMessage, { ...at, body: { id, text: `c ${id}` } })
            case 'operator writes':
              last = { id, text: `o ${id}` }
              return api.call(contract.sendMessage, { ...at, body: last })
            case 'repeat':
              return api.call(contract.sendMessage, { ...at, body: last })
            case 'assign to me':
            case 'assign to the other':
            case 'unassign': {
              const { head } = await api.call(contract.readConversation, at)
              const operatorId = step === 'unassign' ? null : step === 'assign to me' ? me.id : other.id
              return api.call(contract.assignConversation, {
                ...at,
                body: { id, operatorId, from: head.assigneeId },
              })
            }
            case 'set open':
            case 'set pending':
              return api.call(contract.setState, {
                ...at,
                body: { id, state: step === 'set open' ? 'open' : 'pending' },
              })
            case 'snooze':
            case 'bring back':
              return api.call(contract.snoozeConversation, {
                ...at,
                body: { id, until: step === 'snooze' ? '2099-01-01T08:00:00.000Z' : null },
              })
            case 'snooze is over':
              return snoozeIsOver(conversation.id)
            case 'end':
              return api.call(contract.endConversation, { ...at, body: { id } })
            case 'resume':
              return api.call(contract.resumeConversation, { ...at, body: { id } })
            case 'contact reads': {
              const { n } = await contact.api.call(messenger.readMyConversation, at)
              return contact.api.call(messenger.markMyReading, { ...at, body: { delivered: n, read: n } })
            }
            case 'a while passes':
              return aWhilePasses(conversation.id)
            case 'operator reads': {
              const { head } = await api.call(contract.readConversation, at)
              return api.call(contract.markRead, { ...at, body: { read: head.deliveredToContact } })
            }
          }
        }

        await expectSynced({ conversation, operator: clients[0], contact }, async () => {
          let together: Promise<unknown>[] = []
          for (const next of steps) {
            // Refusals are part of life: what counts is that both sides agree afterwards.
            together.push(run(next).catch(() => undefined))
            if (!next.together) {
              await Promise.all(together)
              together = []
            }
          }
          await Promise.all(together)
        })
        const { entries, head } = await clients[1].api.call(contract.readConversation, at)
        expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
        const unreadOfContact = entries.filter(
          (entry) =>
            entry.kind === 'message' &&
            entry.actor.kind === 'contact' &&
            (entry.publicSeq ?? 0) > head.readByOperator,
        )
        expect(head.unread).toBe(unreadOfContact.length)
        expectSaidOnce(entries)
        expectSnoozed(head, entries)
        contact.live.stop()
      },
    ),
    { numRuns: 25 },
  )
})

/** Lets what is said after a while be due, and waits until it is said, dropped or overtaken. */
async function aWhilePasses(conversationId: string): Promise<void> {
  await world.db.owner(
    `update follow_ups set due_at = clock_now() - interval '1 second' where conversation_id = $1 and due_at is not null`,
    [conversationId],
  )
  await eventually(
    () =>
      world.db.owner('select from follow_ups where conversation_id = $1 and due_at <= clock_now()', [
        conversationId,
      ]),
    (rows) => rows.length === 0,
  )
}

/** Lets what was put off be due, and waits until it is back or something else has ended that. */
async function snoozeIsOver(conversationId: string): Promise<void> {
  const past = `clock_now() - interval '1 second'`
  await world.db.owner(
    `update conversations set snoozed_until = ${past} where id = $1 and snoozed_until is not null`,
    [conversationId],
  )
  await eventually(
    () =>
      world.db.owner('select from conversations where id = $1 and snoozed_until <= clock_now()', [
        conversationId,
      ]),
    (rows) => rows.length === 0,
  )
}

/** What is put off stands apart, is somebody's, and its contact has not written since. */
function expectSnoozed(head: contract.Head, entries: readonly Entry[]): void {
  expect(head.rank === 2).toBe(head.snoozedUntil !== null)
  if (head.snoozedUntil === null) return
  expect(head.assigneeId).not.toBeNull()
  expect([head.live, head.state === 'ended']).toEqual([false, false])
  const since = entries.findLastIndex(({ body }) => body?.event === 'snoozed')
  expect(since).toBeGreaterThanOrEqual(0)
  expect(entries.slice(since).some(({ actor, kind }) => actor.kind === 'contact' && kind === 'message')).toBe(
    false,
  )
}

/** Whoever waits is told once until they are answered, whoever is silent asked once until they write; an end begins anew. */
function expectSaidOnce(entries: readonly Entry[]): void {
  const last = { waiting: false, silent: false }
  for (const { kind, actor, text, body } of entries) {
    if (body?.event === 'ended') Object.assign(last, { waiting: false, silent: false })
    if (kind !== 'message') continue
    if (actor.kind === 'operator') last.waiting = false
    if (actor.kind === 'contact') last.silent = false
    if (actor.kind !== 'automatic') continue
    const as = text === 'Soon' ? 'waiting' : 'silent'
    expect(last[as], as).toBe(false)
    last[as] = true
  }
}
