/** A stretch of text, or a link with an address that is safe to follow. */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string; host: string | null }

const candidate =
  /(?:https?:\/\/|www\.)[^\s<>"'`{}|\\^]+|(?:mailto|tel):[^\s<>"'`{}|\\^]+|[\p{L}\p{N}][\p{L}\p{N}._%+-]*@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/giu

const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/**
 * Cuts text into plain stretches and links. A link is made only for http, https, mailto and tel, and only when the address
 * the browser would follow is the one that is read: no user names, no control or direction characters.
 */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(candidate)) {
    const shown = withoutTail(match[0])
    const before = text[match.index - 1]
    if (before !== undefined && /[\p{L}\p{N}_:@/.]/u.test(before)) continue
    const link = safeLink(shown)
    if (!link) continue
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) })
    pieces.push({ kind: 'link', text: shown, ...link })
    end = match.index + shown.length
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) })
  return pieces
}

/** The address to follow for what was written, or null when it is not one of the kinds we follow. */
export function safeLink(written: string): { href: string; host: string | null } | null {
  // The parser of addresses drops such characters silently; what is read and what is opened would differ.
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]/u.test(written)) return null
  const address = /^www\./i.test(written)
    ? `https://${written}`
    : /^[^:/?#]+@/.test(written)
      ? `mailto:${written}`
      : written
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (!schemes.has(url.protocol) || url.username !== '' || url.password !== '') return null
  const web = url.protocol === 'http:' || url.protocol === 'https:'
  if (web && url.hostname === '') return null
  return { href: url.href, host: web ? url.host : null }
}

/** Full stops, commas and closing brackets after an address belong to the sentence. */
function withoutTail(match: string): string {
  let text = match
  for (;;) {
    const last = text.at(-1)
    if (last === undefined) return text
    if (/[.,;:!?…*_~]/u.test(last)) text = text.slice(0, -1)
    else if (')]»”’'.includes(last) && !balanced(text, last)) text = text.slice(0, -1)
    else return text
  }
}

function balanced(text: string, closing: string): boolean {
  const opening = { ')': '(', ']': '[' }[closing]
  if (!opening) return false
  return text.split(opening).length >= text.split(closing).length
}
