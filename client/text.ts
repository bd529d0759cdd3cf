import { IntlMessageFormat } from 'intl-messageformat'

/** Turns a key and its values into a sentence of one language. */
export type Text<Key extends string> = (key: Key, values?: Record<string, string | number | Date>) => string

/** Makes the text function of a language from its catalogue of ICU messages; each message is parsed once, when first used. */
export function createText<Key extends string>(
  locale: string,
  messages: Readonly<Record<Key, string>>,
): Text<Key> {
  const parsed = new Map<string, IntlMessageFormat>()
  return (key, values) => {
    let message = parsed.get(key)
    if (!message) {
      message = new IntlMessageFormat(messages[key] ?? key, locale, undefined, { ignoreTag: true })
      parsed.set(key, message)
    }
    return String(message.format(values))
  }
}
