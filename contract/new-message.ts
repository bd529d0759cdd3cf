import { z } from 'zod'
import { mostFiles } from './file-facts.ts'
import { isWrittenOnce, writtenRichText } from './rich-text/schema.ts'
import { id } from './scalars.ts'
import { cleanText, isSendable, longestText } from './written.ts'

export { mostFiles }

const text = z.string().overwrite(cleanText).max(longestText)
/** Finished uploads of who writes, which no other message has, in their order. */
const files = z
  .array(id)
  .min(1)
  .max(mostFiles)
  .refine((ids) => new Set(ids).size === ids.length)
  .optional()

/** Beside files there may be nothing to see in the text. */
function isSaid(said: { text?: string | undefined; files?: readonly string[] | undefined }): boolean {
  return said.text === undefined || isSendable(said.text) || (said.files !== undefined && said.text === '')
}

/** What makes a message, of either side: something to see in a text, files, or both. */
export const newMessage = z.strictObject({ id, text, files }).refine(isSaid, { path: ['text'] })

/** The same of an operator, who may format the text. */
export const newFormattedMessage = z
  .strictObject({ id, text: text.optional(), content: writtenRichText.optional(), files })
  .refine(isWrittenOnce)
  .refine(isSaid, { path: ['text'] })
