import { IntlMessageFormat } from 'intl-messageformat'

/** Turns a key and its values into a sentence of one language. */
export type Text<Key extends string> = (key: Key, values?: Record<string, string | number | Date>) => string

/** Whether a message is said as it stands: nothing is put into it, and nothing in it is quoted. */
export function isPlain(message: string): boolean {
  return !/[{}']/.test(message)
}

/**
 * Makes the text function of a language from its catalogue of ICU messages. The builds of the front ends have read the messages
 * already; elsewhere each is parsed once, when first used.
 */
export function createText<Key extends string>(
  locale: string,
  messages: Readonly<Record<Key, string>>,
): Text<Key> {
  const made = new Map<string, IntlMessageFormat>()
  return (key, values) => {
    const message = messages[key] ?? key
    if (typeof message === 'string' && isPlain(message)) return message
    let format = made.get(key)
    if (!format) {
      format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
      made.set(key, format)
    }
    return String(format.format(values))
  }
}
