import { z } from 'zod'
import { id, moment } from './scalars.ts'

/** So many different reactions one message may have. */
export const mostReactions = 20

/** One emoji as people see it, whatever it is made of. */
const emoji = z
  .string()
  .max(40)
  .refine((text) => /^\p{RGI_Emoji}$/v.test(text))
  .meta({ examples: ['👍'] })

/** Which message something is done to. */
export const ofMessage = z.strictObject({ messageId: id })

/** `on`: whether the reaction is to be there; repeated, it changes nothing. */
export const reaction = ofMessage.extend({ emoji, on: z.boolean() })

/** What was done to an entry after it was said, as operators see it. */
export const marks = z.strictObject({
  /** It was deleted for the contact: by whom, who then reads no more than that there was something. */
  deleted: z.strictObject({ at: moment, by: id.nullable() }).optional(),
  /** Its contact asked for its erasure; refused: by whom, where it is not to be. */
  erasure: z.strictObject({ askedAt: moment, refusedBy: id.optional() }).optional(),
  /** In the order in which they first came. */
  reactions: z
    .array(
      z.strictObject({
        emoji: z.string(),
        by: z.array(z.strictObject({ kind: z.enum(['contact', 'operator']), id: id.nullable() })),
      }),
    )
    .optional(),
})
export type Marks = z.infer<typeof marks>

/** The same as the contact sees it: operators by the names that contacts know them by. */
export const publicMarks = z.strictObject({
  erasure: z.enum(['asked', 'refused']).optional(),
  reactions: z
    .array(
      z.strictObject({
        emoji: z.string(),
        mine: z.boolean(),
        /** Of the operators among those who reacted. */
        names: z.array(z.string()),
      }),
    )
    .optional(),
})
export type PublicMarks = z.infer<typeof publicMarks>
