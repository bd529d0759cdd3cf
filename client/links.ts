/** A stretch of a message: plain text, or text that is a link. `host` is where a web address really leads. */
export type Piece = { text: string; href?: string; host?: string }

/**
 * An address as people write it: with one of the four schemes we trust, or beginning with `www.`, or a mail address.
 * Everything else, `javascript:` and its disguises above all, is and stays text. The parts of a mail address are bounded,
 * so that a long text without any is read in one pass.
 */
const address =
  /(?<![\p{L}\p{N}_:@/.])(?:https?:\/\/|www\.|mailto:|tel:)[^\s<>"'`{}|\\^\p{Cc}\p{Cf}]+|(?<![\p{L}\p{N}_:@/.])[\p{L}\p{N}](?:[\p{L}\p{N}._%+-]{0,62}[\p{L}\p{N}_%+-])?@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}/giu

/** Finds the links in a text. The pieces, put together, are the text, character by character. */
export function findLinks(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(address)) {
    const shown = withoutTail(match[0])
    const target = targetOf(shown)
    if (!target) continue
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) })
    pieces.push({ text: shown, ...target })
    end = match.index + shown.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}

/** Drops what belongs to the sentence rather than to the address: full stops, and brackets that were opened before it. */
function withoutTail(found: string): string {
  let shown = found
  for (;;) {
    const last = shown.at(-1) ?? ''
    const opening = { ')': '(', ']': '[', '»': '«', '”': '“', '’': '‘' }[last]
    const isLoose = opening !== undefined && count(shown, last) > count(shown, opening)
    if (last === '' || (!isLoose && !'.,;:!?…*_~'.includes(last))) return shown
    shown = shown.slice(0, -1)
  }
}

/** Where what was written leads, or null when that is not what it says. */
function targetOf(shown: string): { href: string; host?: string } | null {
  const isMail = /^[^:/]+@/.test(shown)
  const written = /^www\./i.test(shown) ? `https://${shown}` : isMail ? `mailto:${shown}` : shown
  if (!URL.canParse(written)) return null
  const url = new URL(written)
  if (url.protocol === 'mailto:' || url.protocol === 'tel:') return url.pathname ? { href: url.href } : null
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  // `https://bank.example@evil.example` shows one host and leads to another.
  if (url.username || url.password || !url.hostname) return null
  return { href: url.href, host: url.host }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}
