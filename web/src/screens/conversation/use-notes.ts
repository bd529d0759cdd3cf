import { newId } from '@foyer/client/ids.ts'
import type { Written } from '@foyer/contract/conversations.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { addNote, changeNote } from '@foyer/contract/notes.ts'
import { api, codeOf, withRetries } from '../../api.ts'
import { useOperators } from '../../session.ts'
import { useSync } from '../../sync.ts'
import { useErrorText } from '../../text.tsx'
import { notify } from '../../ui/notices.tsx'
import { mentionedIn } from './mentions.ts'

/** Writing and changing notes; each says whether it was done, and a refusal is shown. */
export function useNotes(conversationId: string) {
  const { live, lists } = useSync()
  const errorText = useErrorText()
  const operators = useOperators()
  const params = { conversationId }

  async function write(request: () => Promise<Written>): Promise<boolean> {
    try {
      const { packet } = await withRetries(request)
      live.take(packet)
      lists.take(packet.head)
      return true
    } catch (failure) {
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
      return false
    }
  }
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
