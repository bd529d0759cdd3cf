import { z } from 'zod'
import { richText } from '../rich-text/schema.ts'
import { id } from '../scalars.ts'
import { defineKind } from './kind.ts'

/** What colleagues tell each other. */
export const note = defineKind({
  of: 'note',
  event: 'note',
  v: 1,
  audience: 'operators',
  fields: {},
  internal: {
    /** The text with its formatting, where it has any; the entry's text is made of it. */
    content: richText.optional(),
    /** Whether its author changed it after writing it. */
    edited: z.boolean().optional(),
    /** The colleagues it names, by the names that stand in its text behind an @. */
    mentions: z.array(z.strictObject({ operatorId: id, name: z.string() })).optional(),
  },
  text: ({ text }) => text,
  sign: 'mentioned',
  concerns: ({ mentions = [] }) => ({ operatorIds: mentions.map(({ operatorId }) => operatorId) }),
})
