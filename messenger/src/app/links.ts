/** A stretch of a message: plain text, or text that is a link. */
export type Piece = { text: string; href?: string }

/**
 * An address as people write it: with one of the four schemes we trust, or beginning with `www.`, or a mail address.
 * Everything else, `javascript:` and its disguises above all, is and stays text.
 */
const address =
  /\b(?:https?:\/\/|www\.|mailto:|tel:)[^\s<>"'`\p{Cc}\p{Bidi_C}]+|[\p{L}\p{N}](?:[\p{L}\p{N}._%+-]{0,62}[\p{L}\p{N}_%+-])?@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}/giu

/** Finds the links in a text. The pieces, put together, are the text, character by character. */
export function findLinks(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(address)) {
    const shown = trimEnd(match[0])
    const href = hrefOf(shown)
    if (!href) continue
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) })
    pieces.push({ text: shown, href })
    end = match.index + shown.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}

/** Drops what belongs to the sentence rather than to the address: full stops, and brackets that were opened before it. */
function trimEnd(found: string): string {
  let shown = found
  for (;;) {
    const last = shown.at(-1) ?? ''
    const opening = { ')': '(', ']': '[', '}': '{' }[last]
    const isLoose = opening !== undefined && count(shown, last) > count(shown, opening)
    if (!isLoose && !'.,;:!?…*_~'.includes(last)) return shown
    if (last === '') return shown
    shown = shown.slice(0, -1)
  }
}

function hrefOf(shown: string): string | null {
  const isMail = /^[^:/]+@/.test(shown)
  const written = /^www\./i.test(shown) ? `https://${shown}` : isMail ? `mailto:${shown}` : shown
  let url: URL
  try {
    url = new URL(written)
  } catch {
    return null
  }
  if (url.protocol === 'mailto:' || url.protocol === 'tel:') return url.pathname ? url.href : null
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  // `https://bank.example@evil.example` shows one host and leads to another.
  if (url.username || url.password || !url.hostname) return null
  // A host whose letters only look like others leads elsewhere than it reads.
  if (url.hostname.includes('xn--') && !/xn--/i.test(shown)) return null
  return url.href
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}
