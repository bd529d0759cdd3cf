import { cleanRichText } from './rich-text/clean.ts'
import { mapTexts } from './rich-text/map.ts'
import { type Saying, sayingOf } from './rich-text/saying.ts'

/*
 * Placeholders of macros: `{{contact.first_name|there}}`, a field and what stands for it where it is empty. Nothing is reckoned
 * or asked for in them: a field is a name of the list below, everything else is text.
 */

/** What a placeholder can stand for. */
export const placeholderFields = [
  'contact.name',
  'contact.first_name',
  'contact.email',
  'contact.language',
  'operator.name',
  'operator.first_name',
  'organization.name',
  'conversation.subject',
  'conversation.messenger',
  'date',
  'time',
] as const
export type PlaceholderField = (typeof placeholderFields)[number]

/** What is known of them; what is null or empty is not known. */
export type PlaceholderValues = Readonly<Partial<Record<PlaceholderField, string | null>>>

/** The longest value that is put in, in UTF-16 units: names and subjects are shorter. */
const longestValue = 300

const braced = /\{\{([^{}\n]{1,300})\}\}/g
const fieldName = /^[a-z]+(?:[._][a-z]+)*$/

/** A placeholder as it stands in a text. `field`: null where there is none of this name. */
export type Placeholder = { source: string; name: string; field: PlaceholderField | null; fallback: string }
/** One and where it begins. */
export type FoundPlaceholder = Placeholder & { index: number }

function read(source: string, inner: string): Placeholder | null {
  const bar = inner.indexOf('|')
  const name = (bar < 0 ? inner : inner.slice(0, bar)).trim()
  if (!fieldName.test(name)) return null
  const field = placeholderFields.find((each) => each === name) ?? null
  return { source, name, field, fallback: bar < 0 ? '' : inner.slice(bar + 1).trim() }
}

/** The placeholders of a text, in their order. What has the shape of none, like `{{7*7}}`, is text. */
export function placeholdersIn(text: string): FoundPlaceholder[] {
  return [...text.matchAll(braced)].flatMap(({ 0: source, 1: inner = '', index }) => {
    const placeholder = read(source, inner)
    return placeholder ? [{ ...placeholder, index }] : []
  })
}

/**
 * Puts in what is known, in one pass: values are text, whatever they hold, and are not looked through again. Without a value the
 * fallback stands; without either the placeholder stays to be seen, but for one of no known field, which is empty.
 *
 * @returns `unfilled`: the fields that stayed
 */
export function fillPlaceholders(
  saying: Saying,
  values: PlaceholderValues,
): { saying: Saying; unfilled: PlaceholderField[] } {
  const unfilled = new Set<PlaceholderField>()
  const filled = replace(saying, ({ field, fallback }) => {
    const value = field ? oneLine(values[field] ?? '') : ''
    if (value !== '' || fallback !== '' || !field) return value || fallback
    unfilled.add(field)
    return `{{${field}}}`
  })
  return { saying: filled, unfilled: [...unfilled] }
}

/** The fields whose placeholders still stand in what is about to be sent. */
export function unfilledIn(saying: Saying): PlaceholderField[] {
  const found = new Set<PlaceholderField>()
  replace(saying, ({ source, field }) => {
    if (field) found.add(field)
    return source
  })
  return [...found]
}

/** Without the placeholders of these fields. */
export function dropUnfilled(saying: Saying, fields: readonly PlaceholderField[]): Saying {
  return replace(saying, ({ source, field }) => (field && fields.includes(field) ? '' : source))
}

function replace({ text, content }: Saying, by: (placeholder: Placeholder) => string): Saying {
  const change = (given: string) =>
    given.replace(braced, (source: string, inner: string) => {
      const placeholder = read(source, inner)
      return placeholder ? by(placeholder) : source
    })
  if (!content) return { text: change(text) }
  return sayingOf(cleanRichText(mapTexts(content, change)))
}

function oneLine(value: string): string {
  return value.replace(/\s+/gu, ' ').trim().slice(0, longestValue).toWellFormed()
}
