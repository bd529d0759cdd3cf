import type { Shortcut } from '../../part.ts'

/** With a conversation open, in whichever part that is. */
export const conversationShortcuts: readonly Shortcut[] = [
  { id: 'answer', key: 'r', label: 'conversation.answer' },
  { id: 'note', key: 'n', label: 'note.write' },
  { id: 'assign-to', key: 'a', label: 'conversation.assignTo' },
  { id: 'assign', key: 'A', label: 'conversation.assignToMe' },
  { id: 'end', key: 'e', label: 'conversation.end' },
]
