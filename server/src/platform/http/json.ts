import { Failure } from '../failure.ts'

const deepest = 20
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a body as JSON. Refused are: bytes that are no UTF-8, nesting deeper than 20, more than `mostValues` values (each costs something, known or not), keys that reach for a prototype, and
 * NUL and halves of signs in strings, which the database cannot hold.
 */
export function parseJson(bytes: Buffer, mostValues = Number.POSITIVE_INFINITY): unknown {
  if (bytes.length === 0) return {}
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    throw invalid('body')
  }
  const { depth, values } = measure(text)
  if (depth > deepest || values > mostValues) throw invalid('body')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw invalid('body')
  }
  // Written out or escaped (`__proto__`); most bodies have neither and are not walked.
  if (/\\u|__proto__|constructor/.test(text) && isHarmful(value)) throw invalid('body')
  return value
}

/** Reads a query string; a name given twice is refused, because two readers of it may take different ones. */
export function parseQuery(url: string): Record<string, string> {
  const start = url.indexOf('?')
  const query: Record<string, string> = Object.create(null)
  if (start < 0) return query
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
    if (Object.hasOwn(query, name) || value.includes('\u0000')) throw invalid('query')
    query[name] = value
  }
  return query
}

export function invalid(...paths: string[]): Failure {
  return new Failure('request.invalid', { paths })
}

/**
 * How deep the brackets go, outside of strings, and how many values there are at least; the parser itself would recurse as
 * deep as it is told to.
 */
function measure(text: string): { depth: number; values: number } {
  let depth = 0
  let deepestSeen = 0
  let values = 1
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === quote) {
      for (index++; index < text.length && text.charCodeAt(index) !== quote; index++) {
        if (text.charCodeAt(index) === backslash) index++
      }
    } else if (code === openBrace || code === openBracket) {
      depth++
      if (depth > deepestSeen) deepestSeen = depth
      values++
    } else if (code === closeBrace || code === closeBracket) depth--
    else if (code === comma) values++
  }
  return { depth: deepestSeen, values }
}

function isHarmful(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed()
  if (Array.isArray(value)) return value.some(isHarmful)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([key, inner]) =>
      key === '__proto__' ||
      !key.isWellFormed() ||
      (key === 'constructor' &&
        typeof inner === 'object' &&
        inner !== null &&
        Object.hasOwn(inner, 'prototype')) ||
      isHarmful(inner),
  )
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d
