/**
 * What a key means for a shortcut: what it types, or, where the layout types no Latin letters with it (Cyrillic, Greek, Hebrew,
 * Arabic …), the letter that stands in its place on a Latin keyboard.
 */
export function letterOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  const typed = key.toLowerCase()
  const isForeign = /^[^\p{Script=Latin}\p{Script=Common}]+$/u.test(typed)
  const place = isForeign ? /^Key([A-Z])$/.exec(code)?.[1] : undefined
  return place?.toLowerCase() ?? typed
}
