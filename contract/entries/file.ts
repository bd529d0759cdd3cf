import { z } from 'zod'
import { count, id } from '../scalars.ts'
import { mostPeaks } from '../voice.ts'

/** A recording as it is drawn and told: how long it is, and how loud at moments that divide its time evenly, from 0 to 100. */
export const voice = z.strictObject({
  /** In milliseconds, as the server has measured. */
  ms: count,
  peaks: z.array(z.int().min(0).max(100)).min(1).max(mostPeaks),
})
export type Voice = z.infer<typeof voice>

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
  /** Of a voice message: it was recorded to be sent, and is a sound to whoever knows no voice messages. */
  voice: voice.optional(),
  /** Opening it may do harm, as with programs: it is only ever saved, and a warning stands beside it. */
  isRisky: z.literal(true).optional(),
})
export type FileShown = z.infer<typeof file>
