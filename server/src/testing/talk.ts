import { randomUUID } from 'node:crypto'
import { sendMessage } from '@foyer/contract/conversations.ts'
import { writeMessage } from '@foyer/contract/messenger.ts'
import type { BuiltOperator } from './build.ts'
import type { OperatorClient, World } from './world.ts'

/** A conversation of a new contact with an operator, and both its sides; what each says answers with its id. */
export async function beginTalk(world: World, assignee: BuiltOperator, operator: OperatorClient) {
  const { organizationId } = assignee
  const built = await world.build.contact({ organizationId })
  const widget = await world.build.widget({ organizationId })
  const conversation = await world.build.conversation({ contact: built, widget, assignee })
  const params = { conversationId: conversation.id }
  const contact = world.contact(built, widget.key)
  const say = async (text: string) => {
    const id = randomUUID()
    await operator.api.call(sendMessage, { params, body: { id, text } })
    return id
  }
  const write = async (text: string) => {
    const id = randomUUID()
    await contact.api.call(writeMessage, { params, body: { id, text } })
    return id
  }
  return { conversation, params, operator, contact, say, write }
}
