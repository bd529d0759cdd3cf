import { linkTarget } from '@foyer/contract/rich-text/link-target.ts'

/** A stretch of a message: plain text, or text that is a link. `host` is where a web address really leads. */
export type Piece = { text: string; href?: string; host?: string }

/** Scripts whose words stand beside each other without spaces, or whose endings are put behind any word. */
const unspaced =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}ー'
/** Signs that end a sentence, or quote within one, where no space follows them. */
const ends = '、。〈-】〔-〛〝-〟！＂＇（），．：；？［］｛｝｟-､'
/** What may stand in the part of a mail address before its @, beside letters and digits; a slash makes a path of it. */
const signs = "!#$%&'*+=?^_`{|}~.-"

/**
 * An address as people write it: with one of the four schemes we trust, or beginning with `www.`. Everything else,
 * `javascript:` and its disguises above all, is and stays text. An apostrophe belongs to it within a word of its
 * path, a comma not before the next address.
 */
const web = `(?<![\\p{sc=Latin}\\p{M}\\p{N}:@/.-])(?:https?://|www\\.|mailto:|tel:)(?:[^\\s<>"'\`{}|\\\\^,;\\p{Cc}\\p{Cf}${ends}]+|'(?=[\\p{L}\\p{N}_])|[,;](?!https?://))+`
/**
 * A mail address, whole or not at all: a part of one is somebody else's. Its parts are bounded, so that a long text without
 * any is read in one pass.
 */
const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?'
const end = `(?:xn--[a-z0-9-]{1,59}|[a-z]{2,24}|(?![a-z])[\\p{L}\\p{M}]{2,24})(?![\\p{sc=Latin}\\p{M}\\p{N}@-]|\\.[\\p{L}\\p{N}])`
const inName = `(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}]|[${signs.replace(/[-^]/g, '\\$&')}])`
const mail = `(?<!${inName}|[:@/\\\\’\\u00AD\\u200B-\\u200D\\u2060])${inName}{1,64}@(?:${label}\\.){1,8}${end}`
const address = new RegExp(`(${web})|${mail}`, 'giu')

const behind = new RegExp(`[${unspaced}]`, 'u')
/** A host that ends in Latin letters, and what is written right behind it in a script that needs no space. */
const glued = new RegExp(
  `^((?:https?://|www\\.)(?:[^/?#:.]+\\.)+(?:[a-z]{2,24}))(?=[${unspaced}])[^/?#:.]*$`,
  'iu',
)

/** Finds the links in a text. The pieces, put together, are the text, character by character. */
export function findLinks(text: string): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  for (const match of text.matchAll(address)) {
    const before = text[match.index - 1] ?? ''
    const found = match[1] ? withoutTail(match[1], before) : wholeMail(match[0], text, match.index)
    const target = found && targetOf(found.shown, !match[1])
    if (!target) continue
    const start = match.index + found.skip
    if (start > done) pieces.push({ text: text.slice(done, start) })
    pieces.push({ text: found.shown, ...target })
    done = start + found.shown.length
  }
  if (done < text.length) pieces.push({ text: text.slice(done) })
  return pieces
}

/** What of a match is the address: so much is skipped, and this is shown. */
type Found = { skip: number; shown: string }

const openings: Readonly<Record<string, string>> = {
  ')': '(',
  ']': '[',
  '»': '«',
  '›': '‹',
  '”': '“',
  '’': '‘',
}

/** A host, and an apostrophe behind it: what follows is the sentence's, as in “a.example’s site”. */
const owner = /^((?:https?:\/\/|www\.)[^/?#'’‘]*)['’‘]/i

/**
 * Drops what belongs to the sentence rather than to the address: punctuation, brackets that were opened before it, the
 * sign that both sides are marked with. Brackets are counted once, however many are dropped.
 */
function withoutTail(match: string, before: string): Found {
  const begun = owner.exec(match)?.[1] ?? match
  const text = glued.exec(begun)?.[1] ?? begun
  /** By closing bracket: how many more of them there are than of opening ones. */
  const loose = new Map<string, number>()
  let length = text.length
  for (; length > 0; length--) {
    const last = text[length - 1] ?? ''
    const opening = openings[last]
    if (opening === undefined) {
      if (!isTail(last, before)) break
    } else {
      const left = loose.get(last) ?? count(text, last) - count(text, opening)
      if (left <= 0) break
      loose.set(last, left - 1)
    }
  }
  return { skip: 0, shown: text.slice(0, length) }
}

function count(text: string, sign: string): number {
  let found = 0
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) found++
  return found
}

/** Whether a sign at the end is the sentence's. An address may well end in a slash, a dash, an underscore. */
function isTail(last: string, before: string): boolean {
  return (last === before && '*_~'.includes(last)) || (/\p{P}/u.test(last) && !'/-_~%&#@*'.includes(last))
}

const closings: Readonly<Record<string, string>> = { '{': '}' }

/** A mail address without the signs it is wrapped in, such as `'…'` or `*…*`; null where it is no address. */
function wholeMail(match: string, text: string, index: number): Found | null {
  const after = text[index + match.length] ?? ''
  const first = match[0] ?? ''
  const isWrapped = signs.includes(first) && after === (closings[first] ?? first)
  const shown = isWrapped ? match.slice(1) : match
  const name = shown.slice(0, shown.lastIndexOf('@'))
  // Behind a word that needs no space, a name begins with a letter; else it may be the rest of a longer one.
  const isBehindWord = behind.test(text[index - 1] ?? '')
  const isName = isBehindWord ? /^[a-z]/i.test(name) : /^[\p{L}\p{N}]/u.test(name)
  if (!isName || name.includes('..') || name.endsWith('.') || (after === '_' && !isWrapped)) return null
  return { skip: isWrapped ? 1 : 0, shown }
}

/** Where what was written leads, or null when that is not what it says. */
function targetOf(shown: string, isMail: boolean): { href: string; host?: string } | null {
  const written = isMail
    ? // What would end the address in a link, or count as an escape.
      `mailto:${shown.replace(/[%#?^`{|}]/g, (sign) => encodeURIComponent(sign))}`
    : /^www\./i.test(shown)
      ? `https://${shown}`
      : shown
  return linkTarget(written)
}
