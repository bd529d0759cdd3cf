import { z } from 'zod'
import { richText } from '../rich-text/schema.ts'
import { defineKind } from './kind.ts'

/** What contact and operator write each other. Most have no body: it is for what stands beside the text. */
export const message = defineKind({
  of: 'message',
  event: 'written',
  v: 1,
  audience: 'both',
  fields: {
    /** The text with its formatting, where it has any; the entry's text is made of it. */
    content: richText.optional(),
  },
  internal: {
    /** Of a contact's: it comes from a browser that has proven to read what is sent to their address. */
    proven: z.boolean().optional(),
  },
  text: ({ text }) => text,
  sign: 'message',
})
