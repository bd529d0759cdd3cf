import { newId } from '@foyer/client/ids.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { addNote, changeNote } from '@foyer/contract/notes.ts'
import type { Saying } from '@foyer/contract/rich-text/saying.ts'
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
    add({ text, content }: Saying): Promise<boolean> {
      const mentions = mentionedIn(text, operators)
      const body = { id: newId(), ...(content ? { content } : { text }), mentions }
      return write(() => api.call(addNote, { params, body }))
    },
    /** Without anything said it is deleted. */
    change: (note: Entry, said: Saying | null): Promise<boolean> => {
      const mentions = mentionedIn(said?.text ?? '', operators)
      const written = said?.content ? { content: said.content } : { text: said?.text ?? null }
      const body = { id: note.id, ...written, mentions, from: note.changedSeq }
      return write(() => api.call(changeNote, { params, body }))
    },
  }
}
