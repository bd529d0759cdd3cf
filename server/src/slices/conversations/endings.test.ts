import { randomUUID } from 'node:crypto'
import * as contract from '@foyer/contract/conversations.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BuiltConversation, BuiltOperator, BuiltWidget } from '../../testing/build.ts'
import {
  type ContactClient,
  codeOf,
  type OperatorClient,
  startWorld,
  type World,
} from '../../testing/world.ts'

let world: World
let ann: BuiltOperator
let annClient: OperatorClient
let widget: BuiltWidget

beforeAll(async () => {
  world = await startWorld()
  ann = await world.build.operator({ name: 'Ann' })
  widget = await world.build.widget({ organizationId: ann.organizationId })
  annClient = await world.operator(ann)
})
afterAll(() => world[Symbol.asyncDispose]())

async function begun(
  assignee: BuiltOperator,
): Promise<{ conversation: BuiltConversation; contact: ContactClient }> {
  const contact = await world.build.contact({ organizationId: ann.organizationId, name: 'Zoé' })
  const conversation = await world.build.conversation({ contact, widget, assignee })
  return { conversation, contact: world.contact(contact, widget.key) }
}

const at = (conversation: BuiltConversation) => ({ params: { conversationId: conversation.id } })

describe('[I15] an end that says how far its author had seen', () => {
  const endOf = (seen?: number) => ({ id: randomUUID(), ...(seen === undefined ? {} : { seen }) })
  const write = (contact: ContactClient, conversation: BuiltConversation) =>
    contact.api.call(messenger.writeMessage, {
      ...at(conversation),
      body: { id: randomUUID(), text: 'One more thing' },
    })

  test('is refused once the contact has written since, also when the message is read, and done when seen', async () => {
    const { conversation, contact } = await begun(ann)
    const { n } = await annClient.api.call(contract.readConversation, at(conversation))
    await write(contact, conversation)
    await annClient.api.call(contract.markRead, { ...at(conversation), body: { read: 100 } })
    const body = endOf(n)
    for (let time = 0; time < 2; time++)
      expect(await codeOf(annClient.api.call(contract.endConversation, { ...at(conversation), body }))).toBe(
        'conversation.changed_meanwhile',
      )
    const { head } = await annClient.api.call(contract.readConversation, at(conversation))
    expect(head.state).not.toBe('ended')
    const done = await annClient.api.call(contract.endConversation, {
      ...at(conversation),
      body: endOf(head.n),
    })
    expect(done.packet.head.state).toBe('ended')
  })

  test('is done over what operators and readers did since, and answered again though the contact writes then', async () => {
    const { conversation, contact } = await begun(ann)
    const { n } = await annClient.api.call(contract.readConversation, at(conversation))
    await annClient.api.call(contract.sendMessage, {
      ...at(conversation),
      body: { id: randomUUID(), text: 'Goodbye' },
    })
    await contact.api.call(messenger.markMyReading, { ...at(conversation), body: { read: 3 } })
    await annClient.api.call(contract.setState, {
      ...at(conversation),
      body: { id: randomUUID(), state: 'open' },
    })
    const body = endOf(n)
    const call = () => annClient.api.call(contract.endConversation, { ...at(conversation), body })
    expect((await call()).replayed).toBe(false)
    await write(contact, conversation)
    expect((await call()).replayed).toBe(true)
  })

  test('never stands over a message that comes at the same time', async () => {
    for (let round = 0; round < 10; round++) {
      const { conversation, contact } = await begun(ann)
      const { n } = await annClient.api.call(contract.readConversation, at(conversation))
      await Promise.all([
        write(contact, conversation),
        codeOf(annClient.api.call(contract.endConversation, { ...at(conversation), body: endOf(n) })),
      ])
      const { head } = await annClient.api.call(contract.readConversation, at(conversation))
      expect(head.state).not.toBe('ended')
    }
  })

  test('left out, it ends whatever was written', async () => {
    const { conversation, contact } = await begun(ann)
    await write(contact, conversation)
    const done = await annClient.api.call(contract.endConversation, { ...at(conversation), body: endOf() })
    expect(done.packet.head.state).toBe('ended')
  })
})
