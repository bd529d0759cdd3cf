import { Failure } from './failure.ts'

/**
 * Refuses a password that others try first: one of the 49,000 most common, written in whatever case, with accents or letters of
 * another script, with digits for letters, or with digits and signs around it and between its pieces; one that is a short piece
 * again and again or a row of the keyboard; and one made of what is known of its owner. Its length is the contract's business
 * (`newPassword`).
 *
 * @param own the owner's name and address, and the organization's name
 * @throws Failure password.common
 */
export async function refuseCommon(password: string, own: readonly string[]): Promise<void> {
  const common = await loadCommon()
  const written = fold(password)
  const piece = pieceOf(written)
  const names = [...own, 'foyer', 'message center']
  if (
    new Set(written).size < 4 ||
    (piece !== written && piece.length <= 4) ||
    [written, asLatin(written)].some(
      (text) => isRow(text) || isRow(strip(text)) || isCommon(common, text) || isOwn(text, names),
    )
  )
    throw new Failure('password.common')
}

/** What the list does not have of the keyboards and languages of those who log in here. */
const missing = [
  ...['qwertz', 'qwertzuiop', 'yxcvbnm', 'wxcvbn', 'willkommen', 'doudou', 'motdepasse', 'passwort'],
  ...['пароль', 'йцукен', 'йцукенг', 'йцукенгшщзхъ', 'фывапролджэ', 'ячсмить', 'любовь', 'привет', 'κωδικοσ'],
]

let loading: Promise<ReadonlySet<string>> | null = null

/** Read when it is first needed: a process that nobody sets a password in does without. */
function loadCommon(): Promise<ReadonlySet<string>> {
  loading ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set([...dictionary['passwords-common'], ...missing.map(fold)]),
  )
  return loading
}

/** Without case and accents. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđı]/g, (letter) => plain[letter] ?? letter)
    .trim()
}
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
}

/** Cyrillic and Greek letters that look like Latin ones, as those. */
function asLatin(text: string): string {
  return [...text].map((letter) => lookalikes.get(letter) ?? letter).join('')
}
const lookalikes = new Map(
  [
    ...[
      'аa',
      'вb',
      'гr',
      'еe',
      'зe',
      'иu',
      'кk',
      'мm',
      'нh',
      'оo',
      'пn',
      'рp',
      'сc',
      'тt',
      'уy',
      'хx',
      'ьb',
      'шw',
    ],
    ...['ѕs', 'іi', 'јj', 'һh', 'ԁd', 'ԛq', 'ԝw', 'ӏl', 'ѵv'],
    ...[
      'αa',
      'βb',
      'γy',
      'εe',
      'ηn',
      'ιi',
      'κk',
      'μu',
      'νv',
      'οo',
      'πn',
      'ρp',
      'σo',
      'ςs',
      'τt',
      'υu',
      'χx',
      'ωw',
    ],
  ].map(([letter = '', latin = '']) => [letter, latin] as const),
)

function isCommon(common: ReadonlySet<string>, text: string): boolean {
  return [text, strip(text)]
    .flatMap((each) => [each, ...withLetters(each)])
    .flatMap((each) => [each, strip(each)])
    .flatMap((each) => [each, squeeze(each), ...onlyWord(each)])
    .flatMap((each) => [each, pieceOf(each)])
    .some((each) => each.length >= 4 && common.has(each))
}

/** The word that a text says again and again, whatever stands between: `dragon1 dragon2` → `dragon`. */
function onlyWord(text: string): string[] {
  const words = new Set(text.match(/\p{L}+/gu))
  return words.size === 1 ? [...words] : []
}

/** Without the digits and signs at both ends, however many. */
function strip(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
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
  // Folded, as what is looked for.
  fold('йцукенгшщзхъфывапролджэячсмитьбю'),
]

function isRow(text: string): boolean {
  const squeezed = squeeze(text)
  if (squeezed.length < 4) return false
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
