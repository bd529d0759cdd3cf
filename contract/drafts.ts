import { z } from 'zod'
import { draftRichText, richText } from './rich-text/schema.ts'
import { formattedBytes, route } from './route.ts'
import { count, id, nothing } from './scalars.ts'
import { longestText } from './written.ts'

export const draftKind = z.enum(['message', 'note'])

/** What an operator has written in a conversation and not sent. */
export const draft = z.strictObject({
  conversationId: id,
  kind: draftKind,
  text: z.string(),
  /** The same with its formatting; null where it has none. */
  content: richText.nullable(),
  /** Greater with every change of it. */
  version: count,
})
export type Draft = z.infer<typeof draft>

export const listDrafts = route({
  method: 'GET',
  path: '/api/v1/drafts',
  caller: 'operator',
  summary:
    'List my drafts; nobody else can read them, but for how an answer begins while it is being written',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({ items: z.array(draft) }),
  errors: [],
})

/** How an answer begins that a colleague is writing. */
export const beginning = z.strictObject({
  operatorId: id,
  /** Of a longer one the first words, with … behind them. */
  text: z.string(),
})
export type Beginning = z.infer<typeof beginning>

export const listBeginnings = route({
  method: 'GET',
  path: '/api/v1/conversations/:conversationId/beginnings',
  caller: 'operator',
  summary:
    'Read how the answers begin that colleagues are writing in a conversation, those changed within the last minute; notes are nobody else’s',
  params: z.strictObject({ conversationId: id }),
  query: nothing,
  body: nothing,
  answer: z.strictObject({ items: z.array(beginning) }),
  errors: ['conversation.unknown'],
})

export const saveDraft = route({
  method: 'PUT',
  path: '/api/v1/conversations/:conversationId/draft',
  caller: 'operator',
  summary:
    'Keep what I have written and not sent, if what is kept is still as the caller saw it; without a text it is removed',
  params: z.strictObject({ conversationId: id }),
  query: nothing,
  body: z.strictObject({
    kind: draftKind,
    /** Empty: there is no draft any more. */
    text: z
      .string()
      .max(longestText)
      .refine((text) => text.length <= longestText && !text.includes('\u0000') && text.isWellFormed()),
    /** The same with its formatting, where it has any: the text is made of it then. */
    content: draftRichText.optional(),
    /** The version the caller saw; 0 for none. */
    from: count,
  }),
  bodyBytes: formattedBytes,
  /** What is kept now, and whether that is what was sent. */
  answer: z.strictObject({ draft: draft.nullable(), taken: z.boolean() }),
  errors: ['conversation.unknown', 'draft.too_many'],
})
