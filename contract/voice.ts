/*
 * What is true of voice messages without a schema: both front ends, the mails and the server ask here.
 */

/** The longest recording, in milliseconds. */
export const longestVoiceMs = 10 * 60_000
/** Into at most so many pieces of time a recording is divided to be drawn. */
export const mostPeaks = 100

/** How long a recording is, as a clock shows it: 0:07, 10:00. What is not a whole second more is not told. */
export function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** How a voice message stands in the text of its message: a sign that is of no language, and how long it is. */
export function voiceLine(ms: number): string {
  return `🎤 ${clockOf(ms)}`
}

/** The text of a message with its voice messages in the words of whoever reads. Only of messages that have files. */
export function sayVoice(text: string, say: (clock: string) => string): string {
  return text.replace(/^🎤 (\d+:\d\d)$/gmu, (_, clock: string) => say(clock))
}
