import { z } from 'zod'
import { mostFiles } from './file-facts.ts'
import { id } from './scalars.ts'
import { cleanText, isSendable, longestText } from './written.ts'

/** What makes a message, of either side: something to see in a text, files, or both. */
export const newMessage = z
  .strictObject({
    id,
    text: z.string().overwrite(cleanText).max(longestText),
    /** Finished uploads of who writes, which no other message has, in their order. */
    files: z
      .array(id)
      .min(1)
      .max(mostFiles)
      .refine((ids) => new Set(ids).size === ids.length)
      .optional(),
  })
  .refine(({ text, files }) => (files !== undefined && text === '') || isSendable(text), { path: ['text'] })
export type NewMessage = z.infer<typeof newMessage>
