import type { TextKey } from '../../text.tsx'
import { letterOf } from '../../ui/letter.ts'

export type Shortcut = {
  /** The command that it runs. */
  id: string
  /** A sign as it is typed, a capital with Shift. */
  key: string
  label: TextKey
}

/** Every single key that does something, wherever one is: keys, palette, tips and help go by this list. */
export const shortcuts = [
  { id: 'next', key: 'j', label: 'inbox.next' },
  { id: 'previous', key: 'k', label: 'inbox.previous' },
  { id: 'answer', key: 'r', label: 'conversation.answer' },
  { id: 'note', key: 'n', label: 'note.write' },
  { id: 'assign-to', key: 'a', label: 'conversation.assignTo' },
  { id: 'assign', key: 'A', label: 'conversation.assignToMe' },
  { id: 'end', key: 'e', label: 'conversation.end' },
  { id: 'keys', key: '?', label: 'command.keys' },
] as const satisfies readonly Shortcut[]

/** How the key of a command is written on it: `Shift A`; undefined where it has none. */
export function keysOf(id: string): string | undefined {
  const key: string | undefined = shortcuts.find((each) => each.id === id)?.key
  if (key === undefined) return undefined
  return isCapital(key) ? `Shift ${key}` : key.toUpperCase()
}

/** The command that a press asks for. Caps Lock alone is no Shift. */
export function commandOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>): string | undefined {
  const key = letterOf(event)
  const isLetter = key.toLowerCase() !== key.toUpperCase()
  const typed = isLetter && event.shiftKey ? key.toUpperCase() : key.toLowerCase()
  return shortcuts.find((each) => each.key === typed)?.id
}

const isCapital = (key: string) => key !== key.toLowerCase()
