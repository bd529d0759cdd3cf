import * as messages from '@foyer/contract/messages.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { accessMyConversation, type ConversationContext } from '../conversations/access.ts'
import { answerMyWrite, answerWrite, type ReadContext } from '../conversations/reads.ts'
import { accessMessage } from './access.ts'
import * as actions from './actions.ts'

export type MessageRoutesContext = ConversationContext & ReadContext

export function messageRoutes(context: MessageRoutesContext): BoundRoute[] {
  return [
    bind(messages.deleteForContact, async ({ caller, params, body }) => {
      const proof = await accessMessage(context, caller, { ...params, ...body })
      return answerWrite(context, proof, await actions.deleteForContact(context, proof))
    }),
    bind(messages.answerErasure, async ({ caller, params, body }) => {
      const proof = await accessMessage(context, caller, { ...params, ...body })
      return answerWrite(context, proof, await actions.answerErasure(context, proof, body))
    }),
    bind(messages.react, async ({ caller, params, body }) => {
      const proof = await accessMessage(context, caller, { ...params, ...body })
      return answerWrite(context, proof, await actions.react(context, proof, body))
    }),
    bind(
      messenger.askForErasure,
      async ({ caller, params, body, count }) => {
        const proof = await accessMyConversation(context, caller.known, params.conversationId)
        await count([{ rule: 'contact_change', subject: proof.contact.contactId }])
        const write = await actions.askForErasure(context, { proof, messageId: body.messageId })
        return answerMyWrite(context, proof, write)
      },
      { uses: ({ request }) => [{ rule: 'address_message', subject: addressPrefix(request.ip) }] },
    ),
    bind(
      messenger.reactAsContact,
      async ({ caller, params, body, count }) => {
        const proof = await accessMyConversation(context, caller.known, params.conversationId)
        await count([{ rule: 'contact_change', subject: proof.contact.contactId }])
        const write = await actions.reactAsContact(context, { proof, messageId: body.messageId }, body)
        return answerMyWrite(context, proof, write)
      },
      { uses: ({ request }) => [{ rule: 'address_message', subject: addressPrefix(request.ip) }] },
    ),
  ]
}
