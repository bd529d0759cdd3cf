import type { Shortcut } from '../../part.ts'
import { parts } from '../../parts.ts'
import { letterOf } from '../../ui/letter.ts'

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** Every key that does something, each once: keys, palette, tips and help go by this list. */
export const shortcuts: readonly Shortcut[] = [
  ...new Set<Shortcut>([
    { id: 'palette', key: 'k', label: 'command.open', withControl: true, everywhere: true },
    ...parts.flatMap((part) => part.shortcuts ?? []),
    { id: 'keys', key: '?', label: 'command.keys', everywhere: true },
  ]),
]

/** How the key of a command is written on it: `Shift A`, `Ctrl K`; undefined where it has none. */
export function keysOf(id: string): string | undefined {
  const shortcut = shortcuts.find((each) => each.id === id)
  if (!shortcut) return undefined
  const { key, withControl } = shortcut
  const sign = isCapital(key) ? `Shift ${key}` : key.toUpperCase()
  return withControl ? `${control} ${sign}` : sign
}

/** The shortcuts that a press may mean: parts that are never open at once may use the same key. Caps Lock alone is no Shift. */
export function shortcutsOf(press: Press): readonly Shortcut[] {
  if (press.altKey) return []
  const withControl = press.ctrlKey || press.metaKey
  const key = letterOf(press)
  const isLetter = key.toLowerCase() !== key.toUpperCase()
  const typed = isLetter && press.shiftKey && !withControl ? key.toUpperCase() : key.toLowerCase()
  return shortcuts.filter((each) => each.key === typed && (each.withControl ?? false) === withControl)
}

const isCapital = (key: string) => key !== key.toLowerCase()

/** How the key that goes with others is written on this system. */
const control = /mac|iphone|ipad/i.test(navigator.platform) ? '⌘' : 'Ctrl'
