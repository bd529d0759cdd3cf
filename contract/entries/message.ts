import { z } from 'zod'
import { defineKind } from './kind.ts'

/** What contact and operator write each other. Most have no body: it is for what operators should know beside the text. */
export const message = defineKind({
  of: 'message',
  event: 'written',
  v: 1,
  audience: 'both',
  fields: {},
  internal: {
    /** Of a contact's: it comes from a browser that has proven to read what is sent to their address. */
    proven: z.boolean().optional(),
  },
  text: ({ text }) => text,
  toContact: () => null,
  sign: 'message',
})
