import { z } from 'zod'
import { count, id } from '../scalars.ts'

/** As what a file is shown: in the grid of pictures, in a player, or as a card. */
export const shownAs = z.enum(['picture', 'video', 'audio', 'file'])

/** A file of a message. What it is was found by its content; its name is whatever its sender called it, without a path. */
export const file = z.strictObject({
  id,
  name: z.string(),
  /** As `image/png`. */
  type: z.string(),
  bytes: count,
  /** Of pictures: what is seen, turned upright. */
  width: count.optional(),
  height: count.optional(),
  shows: shownAs,
  /** Opening it may do harm, as with programs: it is only ever saved, and a warning stands beside it. */
  isRisky: z.literal(true).optional(),
})
export type FileShown = z.infer<typeof file>
