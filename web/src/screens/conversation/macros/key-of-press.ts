/**
 * Which macro's key was pressed: Alt and Shift with a letter or a digit; null where none was. With Alt some systems type other
 * signs: then the place of the key counts.
 */
export function keyOfPress(
  press: Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>,
): string | null {
  if (!press.altKey || !press.shiftKey || press.ctrlKey || press.metaKey) return null
  const typed = press.key.toLowerCase()
  if (/^[a-z0-9]$/.test(typed)) return typed
  return /^(?:Key|Digit)([A-Z0-9])$/.exec(press.code)?.[1]?.toLowerCase() ?? null
}
