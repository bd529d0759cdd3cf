import type { Shortcut } from '../../part.ts'

/** In a list of conversations. */
export const cursorShortcuts: readonly Shortcut[] = [
  { id: 'next', key: 'j', label: 'inbox.next' },
  { id: 'previous', key: 'k', label: 'inbox.previous' },
]
