import { z } from 'zod'
import { richText } from '../rich-text/schema.ts'
import { clockOf, voiceLine } from '../voice.ts'
import { file } from './file.ts'
import { defineKind } from './kind.ts'

/** What contact and operator write each other. Most have no body: it is for what stands beside the text. */
export const message = defineKind({
  of: 'message',
  event: 'written',
  v: 1,
  audience: 'both',
  fields: {
    /** The text with its formatting, where it has any; what was written of the entry's text is made of it. */
    content: richText.optional(),
    /** In the order in which they were put to it; its text ends with their names. */
    files: z.array(file).min(1).max(10).optional(),
  },
  internal: {
    /** Of a contact's: it comes from a browser that has proven to read what is sent to their address. */
    proven: z.boolean().optional(),
  },
  text: ({ text, body }) => {
    const [file] = body.files ?? []
    // A voice message is sent alone; other files are told by their names.
    return file?.voice && text === voiceLine(file.voice.ms)
      ? ['voice.message', { clock: clockOf(file.voice.ms) }]
      : text
  },
  sign: 'message',
})
