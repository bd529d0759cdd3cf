/** Entries of a conversation, and of the long one. */
export const entriesEach = 10
export const longEntries = 100_000

/** One conversation in so many has the rare word in its first entry. */
export function rareEach(conversations: number): number {
  return Math.ceil(conversations / 20)
}
