import { randomBytes, randomUUID } from 'node:crypto'
import * as contract from '@foyer/contract/conversations.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { addNote } from '@foyer/contract/notes.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BuiltConversation, BuiltOperator, BuiltWidget } from '../../testing/build.ts'
import {
  type ContactClient,
  codeOf,
  eventually,
  expectSynced,
  type OperatorClient,
  startWorld,
  type World,
} from '../../testing/world.ts'
import { actorOf, type ConversationEvent, decide } from './model.ts'
import { decidable } from './record.ts'
import type { Decision } from './shapes.ts'
import { recordStatement } from './statements.ts'

let world: World
let ann: BuiltOperator
let bob: BuiltOperator
let annClient: OperatorClient
let bobClient: OperatorClient
let widget: BuiltWidget

beforeAll(async () => {
  world = await startWorld()
  ann = await world.build.operator({ name: 'Ann', alias: 'Annie' })
  bob = await world.build.operator({ name: 'Bob', organizationId: ann.organizationId })
  widget = await world.build.widget({ organizationId: ann.organizationId })
  annClient = await world.operator(ann)
  bobClient = await world.operator(bob)
})
afterAll(() => world[Symbol.asyncDispose]())

async function begun(
  assignee: BuiltOperator | null = null,
): Promise<{ conversation: BuiltConversation; operator: OperatorClient; contact: ContactClient }> {
  const contact = await world.build.contact({ organizationId: ann.organizationId, name: 'Zoé' })
  const conversation = await world.build.conversation({ contact, widget, assignee })
  return { conversation, operator: annClient, contact: world.contact(contact, widget.key) }
}

const at = (conversation: BuiltConversation) => ({ params: { conversationId: conversation.id } })

describe('every change reaches both sides as it is in the database', () => {
  test('[I11] sendMessage and writeMessage', async () => {
    const followed = await begun(ann)
    await expectSynced(followed, async () => {
      await annClient.api.call(contract.sendMessage, {
        ...at(followed.conversation),
        body: { id: randomUUID(), text: 'Hello Zoé' },
      })
      await followed.contact.api.call(messenger.writeMessage, {
        ...at(followed.conversation),
        body: { id: randomUUID(), text: 'Ah, good' },
      })
    })
    const held = followed.contact.live.conversation(followed.conversation.id)
    expect(held?.entries.map(({ author, text }) => [author.name, text]).slice(-2)).toEqual([
      ['Annie', 'Hello Zoé'],
      [null, 'Ah, good'],
    ])
  })

  test('[I14] assignConversation, there and back', async () => {
    const followed = await begun()
    const { conversation } = followed
    await expectSynced(followed, async () => {
      await annClient.api.call(contract.assignConversation, {
        ...at(conversation),
        body: { id: randomUUID(), operatorId: ann.id, from: null },
      })
      await annClient.api.call(contract.assignConversation, {
        ...at(conversation),
        body: { id: randomUUID(), operatorId: null, from: ann.id },
      })
    })
  })

  test('[I10] setState', async () => {
    const followed = await begun(ann)
    await expectSynced(followed, async () => {
      await annClient.api.call(contract.setState, {
        ...at(followed.conversation),
        body: { id: randomUUID(), state: 'pending' },
      })
    })
    const entries = followed.contact.live.conversation(followed.conversation.id)?.entries ?? []
    expect(entries.map((entry) => entry.body?.event)).not.toContain('set_pending')
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, index) => index + 1))
  })

  test('[I7, I15] endConversation and resumeConversation', async () => {
    const followed = await begun(ann)
    await expectSynced(followed, async () => {
      await annClient.api.call(contract.endConversation, {
        ...at(followed.conversation),
        body: { id: randomUUID() },
      })
      await annClient.api.call(contract.resumeConversation, {
        ...at(followed.conversation),
        body: { id: randomUUID() },
      })
    })
  })

  test('markByContact and markByOperator', async () => {
    const followed = await begun(ann)
    await expectSynced(followed, async () => {
      await annClient.api.call(contract.sendMessage, {
        ...at(followed.conversation),
        body: { id: randomUUID(), text: 'read me' },
      })
      await followed.contact.api.call(messenger.markMyReading, {
        ...at(followed.conversation),
        body: { delivered: 3 },
      })
      await followed.contact.api.call(messenger.markMyReading, {
        ...at(followed.conversation),
        body: { read: 3 },
      })
      await followed.contact.api.call(messenger.writeMessage, {
        ...at(followed.conversation),
        body: { id: randomUUID(), text: 'read it' },
      })
      await annClient.api.call(contract.markRead, { ...at(followed.conversation), body: { read: 6 } })
    })
    const head = annClient.live.conversation(followed.conversation.id)?.head
    expect(head).toMatchObject({ unread: 0, readByOperator: 6 })
  })

  test('[T2] startConversation makes the contact, and one contact has several conversations', async () => {
    const contact = world.contact(
      { ...(await world.build.contact()), token: `${'t'.repeat(42)}1` },
      widget.key,
    )
    const ids = [randomUUID(), randomUUID()]
    for (const id of ids) {
      const body = { id, widgetKey: widget.key, message: { id: randomUUID(), text: `about ${id}` } }
      await contact.api.call(messenger.startConversation, { body })
    }
    const { items } = await contact.api.call(messenger.listMyConversations)
    expect(items.map(({ id }) => id)).toEqual([...ids].reverse())
    const conversation = { id: ids[0], organizationId: ann.organizationId } as BuiltConversation
    await expectSynced({ conversation, operator: annClient, contact }, () =>
      contact.api.call(messenger.writeMessage, {
        ...at(conversation),
        body: { id: randomUUID(), text: 'more' },
      }),
    )
  })
})

describe('the same request again', () => {
  test('gives the first result, however often and at once', async () => {
    const { conversation } = await begun(ann)
    const body = { id: randomUUID(), text: 'once' }
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        annClient.api.call(contract.sendMessage, { ...at(conversation), body }),
      ),
    )
    expect(answers.filter((answer) => !answer.replayed)).toHaveLength(1)
    expect(
      new Set(answers.map((answer) => answer.packet.entries.find(({ id }) => id === body.id)?.seq)).size,
    ).toBe(1)
    const fresh = await annClient.api.call(contract.readConversation, at(conversation))
    expect(fresh.entries.filter(({ id }) => id === body.id)).toHaveLength(1)
    expect(fresh.entries.map(({ seq }) => seq)).toEqual(fresh.entries.map((_, index) => index + 1))
  })

  test('with other content, or for another conversation, is refused and writes nothing', async () => {
    const { conversation } = await begun(ann)
    const { conversation: other } = await begun(ann)
    const body = { id: randomUUID(), text: 'first' }
    await annClient.api.call(contract.sendMessage, { ...at(conversation), body })
    for (const [where, text] of [
      [conversation, 'second'],
      [other, 'first'],
    ] as const) {
      const again = annClient.api.call(contract.sendMessage, { ...at(where), body: { ...body, text } })
      expect(await codeOf(again)).toBe('create.id_reused')
    }
    expect((await annClient.api.call(contract.readConversation, at(other))).n).toBe(other.row.seq)
  })

  test('twins of a first message make one contact and one conversation', async () => {
    const contact = world.contact(
      { ...(await world.build.contact()), token: `${'u'.repeat(42)}2` },
      widget.key,
    )
    const body = { id: randomUUID(), widgetKey: widget.key, message: { id: randomUUID(), text: 'only once' } }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => contact.api.call(messenger.startConversation, { body })),
    )
    expect(answers.filter((answer) => !answer.replayed)).toHaveLength(1)
    expect((await contact.api.call(messenger.listMyConversations)).items).toHaveLength(1)
  })
})

describe('a message that comes while the other side marks what it has read', () => {
  /** Lets a message stand written and uncommitted until somebody waits for it. */
  async function whileItComes(
    conversation: BuiltConversation,
    event: ConversationEvent,
    mark: () => Promise<unknown>,
  ): Promise<void> {
    const head = decidable(conversation.row)
    const decision = decide(head, event) as Decision
    let marking: Promise<unknown> = Promise.resolve()
    await world.database.within(conversation.organizationId, async (transaction) => {
      await transaction.query(
        recordStatement({
          organizationId: conversation.organizationId,
          conversationId: conversation.id,
          decidedOn: head,
          decision,
          draft: { id: randomUUID(), routedId: randomUUID(), text: 'Just now', identityId: null },
          actor: actorOf(event, conversation.contact.id),
          hash: randomBytes(32),
        }),
      )
      marking = mark()
      await eventually(
        () =>
          world.db.owner(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          ),
        ({ length }) => length > 0,
      )
    })
    await marking
  }

  test('[I9] is counted as unread by the operator', async () => {
    const { conversation } = await begun(ann)
    await whileItComes(conversation, { kind: 'contact_wrote' }, () =>
      annClient.api.call(contract.markRead, { ...at(conversation), body: { read: 1 } }),
    )
    const { head } = await annClient.api.call(contract.readConversation, at(conversation))
    expect(head).toMatchObject({ unread: 1, readByOperator: 1 })
  })

  test('[X2] is counted as unread by the contact', async () => {
    const { conversation, contact } = await begun(ann)
    await whileItComes(conversation, { kind: 'operator_wrote', by: ann.id }, () =>
      contact.api.call(messenger.markMyReading, { ...at(conversation), body: { read: 2 } }),
    )
    const { head } = await contact.api.call(messenger.readMyConversation, at(conversation))
    expect(head.unread).toBe(1)
  })
})

describe('two operators at once', () => {
  test('[I2, I14] of many who assign to themselves one wins, and only that one can write', async () => {
    const { conversation } = await begun()
    const race = [annClient, bobClient].flatMap((client, index) =>
      Array.from({ length: 8 }, () =>
        codeOf(
          client.api.call(contract.assignConversation, {
            ...at(conversation),
            body: { id: randomUUID(), operatorId: [ann, bob][index]?.id ?? null, from: null },
          }),
        ),
      ),
    )
    const results = await Promise.all(race)
    expect(results.filter((code) => code === 'done')).toHaveLength(1)
    expect(results.filter((code) => code === 'conversation.assigned_meanwhile')).toHaveLength(15)
    const { head } = await annClient.api.call(contract.readConversation, at(conversation))
    const [winner, loser] = head.assigneeId === ann.id ? [annClient, bobClient] : [bobClient, annClient]
    const write = (client: OperatorClient) =>
      codeOf(
        client.api.call(contract.sendMessage, {
          ...at(conversation),
          body: { id: randomUUID(), text: 'me' },
        }),
      )
    expect(await write(winner)).toBe('done')
    expect(await write(loser)).toBe('conversation.not_yours')
  })

  test('all that many write at once is kept, in one gapless order', async () => {
    const followed = await begun(ann)
    const { conversation, contact } = followed
    await expectSynced(followed, () =>
      Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          index % 2
            ? annClient.api.call(contract.sendMessage, {
                ...at(conversation),
                body: { id: randomUUID(), text: `o${index}` },
              })
            : contact.api.call(messenger.writeMessage, {
                ...at(conversation),
                body: { id: randomUUID(), text: `c${index}` },
              }),
        ),
      ),
    )
    const { entries } = await annClient.api.call(contract.readConversation, at(conversation))
    expect(entries).toHaveLength(32)
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
  })
})

describe('through another process', () => {
  test('a follower of one process hears what was written through the other', async () => {
    const second = await world.another()
    const { conversation } = await begun(ann)
    const end = annClient.live.watch(conversation.id)
    await eventually(() => annClient.live.conversation(conversation.id), Boolean)
    const response = await fetch(
      `${second.url}${messenger.writeMessage.path.replace(':conversationId', conversation.id)}`,
      {
        method: 'POST',
        headers: {
          authorization: `Contact ${conversation.contact.token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ id: randomUUID(), text: 'from afar' }),
      },
    )
    expect(response.status).toBe(200)
    const held = await eventually(
      () => annClient.live.conversation(conversation.id),
      (value) => value?.entries.at(-1)?.text === 'from afar',
      2_000,
    )
    expect(held?.n).toBe(conversation.row.seq + 1)
    end()
  })
})

describe('an action sent again', () => {
  test.each(['renamed', 'gone'] as const)(
    'is answered as the first time, though who it names is %s',
    async (fate) => {
      const named = await world.build.operator({ name: 'Carl', organizationId: ann.organizationId })
      const group = await world.build.group({ organizationId: ann.organizationId })
      const { conversation } = await begun()
      const admin = await world.operator(
        await world.build.operator({ role: 'admin', organizationId: ann.organizationId }),
      )
      const params = { conversationId: conversation.id }
      const assign = { id: randomUUID(), operatorId: named.id, from: null }
      const give = { id: randomUUID(), groupId: group }
      const note = { id: randomUUID(), text: 'Please look', mentions: [named.id] }
      const send = async () => [
        await admin.api.call(contract.assignConversation, { params, body: assign }),
        await admin.api.call(contract.assignGroup, { params, body: give }),
        await admin.api.call(addNote, { params, body: note }),
      ]
      expect((await send()).map(({ replayed }) => replayed)).toEqual([false, false, false])
      if (fate === 'renamed') {
        await world.db.owner(
          `update operators set name = name || '!', alias = 'Another' where organization_id = $1`,
          [ann.organizationId],
        )
        await world.db.owner(`update groups set name = name || '!' where id = $1`, [group])
      } else {
        await world.db.owner('update operators set deactivated_at = now() where id = $1', [named.id])
        await world.db.owner('update groups set deleted_at = now() where id = $1', [group])
      }
      expect((await send()).map(({ replayed }) => replayed)).toEqual([true, true, true])
      const other = admin.api.call(contract.assignGroup, { params, body: { ...give, groupId: null } })
      expect(await codeOf(other)).toBe('create.id_reused')
    },
  )
})
