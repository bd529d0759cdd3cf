import { z } from 'zod'
import { actor } from './entries/actor.ts'
import { entryBody, publicEntryBody } from './entries/bodies.ts'
import { marks, publicMarks } from './marks.ts'
import { picturePath } from './operators.ts'
import { count, id, moment } from './scalars.ts'

/** One line of a conversation's log as operators see it. */
export const entry = z.strictObject({
  id,
  /** The number of the change that made it; the order of the log. */
  seq: count,
  /** The number of the last change that touched it. */
  changedSeq: count,
  /** Its number in the contact's log; null when the contact never sees it. */
  publicSeq: count.nullable(),
  at: moment,
  actor,
  /** message, note or event: how the log treats it; the body says what it is. */
  kind: z.string(),
  /** Whether contact and operator were there at once when it came about; null where nobody noted it. */
  session: z.enum(['live', 'later']).nullable(),
  text: z.string(),
  body: entryBody.nullable(),
  /** Absent where nothing was done to it. */
  marks: marks.optional(),
})
export type Entry = z.infer<typeof entry>

/** The last message as lists show it. */
export const preview = z.strictObject({
  author: z.enum(['contact', 'operator', 'system']),
  text: z.string(),
  /** It brings files; their names end its text, or are all of it. */
  hasFiles: z.literal(true).optional(),
})

/** The same line as the contact sees it, numbered in the contact's own gapless count. */
export const publicEntry = z.strictObject({
  id,
  seq: count,
  changedSeq: count,
  at: moment,
  author: z.strictObject({
    kind: z.enum(['contact', 'operator', 'system']),
    id: id.nullable(),
    name: z.string().nullable(),
    /** Only of who wrote a message. */
    picture: picturePath,
  }),
  kind: z.string(),
  text: z.string(),
  body: publicEntryBody.nullable(),
  marks: publicMarks.optional(),
})
export type PublicEntry = z.infer<typeof publicEntry>
