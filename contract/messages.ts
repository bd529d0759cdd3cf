import { z } from 'zod'
import { written } from './conversations.ts'
import { emoji } from './marks.ts'
import { myWritten } from './messenger.ts'
import { route } from './route.ts'
import { id, nothing } from './scalars.ts'

const params = z.strictObject({ conversationId: id })
const ofMessage = z.strictObject({ messageId: id })

export const deleteForContact = route({
  method: 'PUT',
  path: '/api/v1/conversations/:conversationId/deletions',
  caller: 'operator',
  summary:
    'Delete a message of operators for its contact, who reads no more than that there was one; for good. Colleagues’ need a right',
  params,
  query: nothing,
  body: ofMessage,
  answer: written,
  errors: ['conversation.unknown', 'message.unknown', 'message.undeletable', 'role.missing'],
})

export const answerErasure = route({
  method: 'PUT',
  path: '/api/v1/conversations/:conversationId/erasures',
  caller: 'operator',
  summary:
    'Erase a message whose contact asked for it, for both sides and for good, or refuse to; whose conversation it is, or who has the right',
  params,
  query: nothing,
  body: ofMessage.extend({ granted: z.boolean() }),
  answer: written,
  errors: ['conversation.unknown', 'message.unknown', 'message.not_asked', 'role.missing'],
})

/** Whether the reaction is to be there: repeated, it changes nothing. */
const reaction = ofMessage.extend({ emoji, on: z.boolean() })

export const react = route({
  method: 'PUT',
  path: '/api/v1/conversations/:conversationId/reactions',
  caller: 'operator',
  summary: 'React to a message with an emoji, or take that back',
  params,
  query: nothing,
  body: reaction,
  answer: written,
  errors: [
    'conversation.unknown',
    'conversation.not_yours',
    'message.unknown',
    'message.no_reactions',
    'message.reactions_full',
  ],
})

export const askForErasure = route({
  method: 'PUT',
  path: '/api/v1/messenger/conversations/:conversationId/erasures',
  caller: 'contact',
  summary: 'Ask for a message of mine to be deleted',
  params,
  query: nothing,
  body: ofMessage,
  answer: myWritten,
  errors: ['conversation.unknown', 'message.unknown'],
})

export const reactAsContact = route({
  method: 'PUT',
  path: '/api/v1/messenger/conversations/:conversationId/reactions',
  caller: 'contact',
  summary: 'React to a message with an emoji, or take that back',
  params,
  query: nothing,
  body: reaction,
  answer: myWritten,
  errors: [
    'conversation.unknown',
    'message.unknown',
    'message.no_reactions',
    'message.reactions_full',
    'contact.blocked',
  ],
})
