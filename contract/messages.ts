import { z } from 'zod'
import { written } from './conversations.ts'
import { ofMessage, reaction } from './marks.ts'
import { route } from './route.ts'
import { id, nothing } from './scalars.ts'

const params = z.strictObject({ conversationId: id })

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
