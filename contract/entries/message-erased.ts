import { id } from '../scalars.ts'
import { defineKind } from './kind.ts'

/** What is left, on both sides, of a message that its contact asked to have erased. It is no message any more: nothing counts it. */
export const messageErased = defineKind({
  of: 'event',
  event: 'message_erased',
  v: 1,
  audience: 'both',
  fields: {},
  internal: {
    /** Who did it. */
    operatorId: id.nullable(),
  },
  text: ({ body: { operatorId } }, { meId, nameOf, someone }) =>
    operatorId === meId
      ? ['event.messageErasedByMe']
      : ['event.messageErasedBy', { name: nameOf(operatorId) || someone }],
})
