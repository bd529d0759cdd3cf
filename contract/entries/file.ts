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

/** The text of a message with files: what was written, then the name of each file on a line, so that it is found by them. */
export function textWithFiles(written: string, files: readonly { name: string }[]): string {
  return [written, ...files.map(({ name }) => name)].filter((part) => part !== '').join('\n')
}

/** What was written beside the files, of an entry of a message; all of its text where it has none. */
export function writtenBeside({
  text,
  files = [],
}: {
  text: string
  files?: readonly { name: string }[] | undefined
}): string {
  const names = textWithFiles('', files)
  if (names === '' || text === names) return names === '' ? text : ''
  return text.endsWith(`\n${names}`) ? text.slice(0, -names.length - 1) : text
}
