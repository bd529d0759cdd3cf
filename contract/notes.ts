import { z } from 'zod'
import { written } from './conversations.ts'
import { isWrittenOnce, written as writing } from './rich-text/schema.ts'
import { formattedBytes, route } from './route.ts'
import { count, id, nothing } from './scalars.ts'

/** The colleagues it names; they are told of it. */
const mentions = z.array(id).max(20).optional()

const conversationParams = z.strictObject({ conversationId: id })

export const addNote = route({
  method: 'POST',
  path: '/api/v1/conversations/:conversationId/notes',
  caller: 'operator',
  summary:
    'Add a note, which the contact never sees; on any conversation, also an ended or a colleague’s one',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({ id, ...writing, mentions }).refine(isWrittenOnce),
  bodyBytes: formattedBytes,
  answer: written,
  errors: ['conversation.unknown', 'operator.unknown', 'create.id_reused'],
})

export const changeNote = route({
  method: 'PUT',
  path: '/api/v1/conversations/:conversationId/notes',
  caller: 'operator',
  summary: 'Change a note of mine, if it is still as the caller saw it; without a text it is deleted',
  params: conversationParams,
  query: nothing,
  body: z
    .strictObject({
      id,
      text: writing.text.nullable(),
      content: writing.content,
      mentions,
      /** The note's `changedSeq` as the caller saw it; without it, it is changed whatever it says by now. */
      from: count.optional(),
    })
    .refine(isWrittenOnce),
  bodyBytes: formattedBytes,
  answer: written,
  errors: ['conversation.unknown', 'note.unknown', 'note.changed', 'operator.unknown'],
})
