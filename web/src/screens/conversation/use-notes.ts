import { newId } from '@foyer/client/ids.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { addNote, changeNote } from '@foyer/contract/notes.ts'
import { api } from '../../api.ts'
import { useOperators } from '../../session.ts'
import { mentionedIn } from './mentions.ts'
import { useWrite } from './use-write.ts'

/** Writing and changing notes; each says whether it was done, and a refusal is shown. */
export function useNotes(conversationId: string) {
  const write = useWrite()
  const operators = useOperators()
  const params = { conversationId }

  return {
    add(text: string): Promise<boolean> {
      const body = { id: newId(), text, mentions: mentionedIn(text, operators) }
      return write(() => api.call(addNote, { params, body }))
    },
    /** Without a text it is deleted. */
    change: (note: Entry, text: string | null): Promise<boolean> => {
      const mentions = mentionedIn(text ?? '', operators)
      const body = { id: note.id, text, mentions, from: note.changedSeq }
      return write(() => api.call(changeNote, { params, body }))
    },
  }
}
