/*
 * What a message or a note may hold. Both front ends and the server ask here, so that none refuses what another lets through.
 */

/** The longest text, in UTF-16 units; cleaned, it takes at most three times as many bytes on any wire. */
export const longestText = 20_000

/**
 * A text as it is kept. Control characters but line break and tab go, since no person means them and a database holds no
 * NUL; every kind of line break becomes one kind, half of a pair a replacement character. Blank lines before and space after it
 * go, the indentation of the first line stays.
 */
export function cleanText(text: string): string {
  return cleanSigns(text)
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd()
}

/** The same of a piece of a text: what stands before and after what there is to see stays. */
export function cleanSigns(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/(?:(?![\n\t])\p{Cc})+/gu, '')
}

/**
 * Whether there is something to see in a text, rather than space, signs without a shape, and marks that are put on others: on
 * none they are a speck, or nothing.
 */
export function isVisible(text: string): boolean {
  return /[^\s\p{Cc}\p{Cs}\p{DI}\p{NChar}\p{M}\u2800\uFFF9-\uFFFC\u{13430}-\u{1343F}\u{13441}\u{13442}]/u.test(
    text,
  )
}

/** Whether a cleaned text may be sent. */
export function isSendable(text: string): boolean {
  return text.length <= longestText && isVisible(text)
}
