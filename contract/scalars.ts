import { z } from 'zod'
import { asMailAddress, mailAddress } from './addresses.ts'
import { cleanText, isSendable, isVisible, longestText } from './written.ts'

/** An id made by whoever creates the thing. Never sorted on, never read as a time, never a secret. */
export const id = z.uuid()
/** A moment as ISO 8601 in UTC. */
export const moment = z.iso.datetime()
/** A number of a conversation's log: 0 before the first change. */
export const count = z.int().min(0)
export const locale = z.enum(['en', 'fr', 'de'])
export type Locale = z.infer<typeof locale>
export const nothing = z.strictObject({})
/** A password that is being chosen: length is what counts. What others try first is refused besides (`password.common`). */
export const newPassword = z
  .string()
  .min(8)
  .max(1024)
  .refine((text) => text.isWellFormed())
/** An e-mail address, by the rule of `addresses.ts`; an international domain is kept as mail servers know it. */
export const email = z
  .string()
  .max(400)
  .overwrite(asMailAddress)
  .refine((text) => mailAddress(text) !== null)
  .meta({ format: 'email' })
/** What turns the direction of the text around it, and so makes a name look like another. */
const turns = /[\u202A-\u202E\u2066-\u2069]/g
/** A line a person typed: trimmed, without control characters; there must be something to see in it. */
export const line = (max: number) =>
  z
    .string()
    .overwrite((text) => text.replace(turns, ''))
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u)
    .refine((text) => text.isWellFormed() && isVisible(text))
/** What someone writes in a message or a note, cleaned; there must be something to see in it. `max` alone counts code points. */
export const messageText = z.string().overwrite(cleanText).min(1).max(longestText).refine(isSendable)
/** Lines a person typed: trimmed, without control characters but the ends of lines. */
export const lines = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^(?:\n|[^\p{Cc}])*$/u)
    .refine((text) => text.isWellFormed())
/** What is no JSON: a body or an answer as it is. */
export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
/** The same, too many to be held at once: handed on as they come. */
export const octets = z.custom<AsyncIterable<Uint8Array>>(
  (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
)
/** Opaque position in a list: hand it back to get the next page. */
export const cursor = z.string().max(200)
