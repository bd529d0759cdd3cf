import { Failure } from './failure.ts'

/** Characters that may stand before and behind a common word without making it less common. */
const mostDecoration = 6

/**
 * Refuses a password that others try first: one of the 49,000 most common, written in whatever case, with letters replaced
 * by digits or with a few signs around it; one that is a short piece again and again or a row of the keyboard; and one made
 * of what is known of its owner. Its length is the contract's business (`newPassword`).
 *
 * @param own the owner's name and address, and the organization's name
 * @throws Failure password.common
 */
export async function refuseCommon(password: string, own: readonly string[]): Promise<void> {
  const common = await loadCommon()
  const folded = fold(password)
  const piece = pieceOf(folded)
  if (
    new Set(folded).size < 4 ||
    (piece !== folded && piece.length <= 4) ||
    isRow(folded) ||
    [folded, piece].some((text) => isCommon(common, text)) ||
    isOwn(folded, [...own, 'foyer', 'message center'])
  )
    throw new Failure('password.common')
}

let loading: Promise<ReadonlySet<string>> | null = null

/** Read when it is first needed: a process that nobody sets a password in does without. */
function loadCommon(): Promise<ReadonlySet<string>> {
  loading ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common']),
  )
  return loading
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim()
}

function isCommon(common: ReadonlySet<string>, text: string): boolean {
  const bare = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const isDecorated = bare.length >= 4 && text.length - bare.length <= mostDecoration
  return [text, squeeze(text), ...(isDecorated ? [bare, squeeze(bare)] : [])]
    .flatMap((each) => [each, ...withLetters(each)])
    .some((each) => each.length >= 4 && common.has(each))
}

/** `p4$$w0rd` → `password`. */
function withLetters(text: string): string[] {
  return ['i', 'l'].map((one) =>
    text.replace(/[0134578@$!|]/g, (sign) => (sign === '1' || sign === '!' ? one : (letters[sign] ?? sign))),
  )
}
const letters: Readonly<Record<string, string>> = {
  '0': 'o',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '|': 'l',
}

/** What a text repeats from its beginning to its end; itself when it repeats nothing. */
function pieceOf(text: string): string {
  const at = `${text}${text}`.indexOf(text, 1)
  return text.slice(0, Math.max(1, at))
}

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '0123456789012345678901234567890',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1234567890qwertyuiop',
]

function isRow(text: string): boolean {
  const squeezed = squeeze(text)
  return rows.some((row) => row.includes(squeezed) || [...row].reverse().join('').includes(squeezed))
}

/** Whether less than four letters are left of it without the words of its owner. */
function isOwn(text: string, own: readonly string[]): boolean {
  const words = own
    .map(fold)
    .flatMap((each) => [squeeze(each), ...each.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length >= 4)
    .sort((a, b) => b.length - a.length)
  const squeezed = squeeze(text)
  const left = words.reduce((rest, word) => rest.replaceAll(word, ' '), squeezed)
  return left !== squeezed && left.replace(/[^\p{L}]/gu, '').length < 4
}

/** Letters and digits alone. */
function squeeze(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '')
}
