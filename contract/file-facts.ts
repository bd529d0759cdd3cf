/*
 * What is true of files without a schema: both front ends and the server ask here, and the messenger carries no schemas.
 */

import { voiceLine } from './voice.ts'

/** The largest file, in bytes: exactly so many are taken. */
export const largestFile = 100 * 1024 * 1024
/** Bytes of a part: what is usual, and the most; and the least, for lines on which larger ones do not arrive in time. */
export const partBytes = { most: 5 * 1024 * 1024, least: 64 * 1024 }
/** How many files a message may have. */
export const mostFiles = 10

/** What is told of a file in a text: its name; of a voice message how long it is. */
type Named = { name: string; voice?: { ms: number } | undefined }

/** The text of a message with files: what was written, then the name of each file on a line, so that it is found by them. */
export function textWithFiles(written: string, files: readonly Named[]): string {
  const names = files.map(({ name, voice }) => (voice ? voiceLine(voice.ms) : name))
  return [written, ...names].filter((part) => part !== '').join('\n')
}

/** What was written beside the files, of an entry of a message; all of its text where it has none. */
export function writtenBeside({
  text,
  files = [],
}: {
  text: string
  files?: readonly Named[] | undefined
}): string {
  const names = textWithFiles('', files)
  if (names === '' || text === names) return names === '' ? text : ''
  return text.endsWith(`\n${names}`) ? text.slice(0, -names.length - 1) : text
}
