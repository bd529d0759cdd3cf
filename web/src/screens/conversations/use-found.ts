import { MessageSquare, Search } from 'lucide-react'
import { useGo } from '../../link.tsx'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import type { Found } from '../shell/commands.ts'
import { conversationsPaths } from './paths.ts'
import { type HitsState, useHits } from './use-hits.ts'
import { contactName, knownName, previewText } from './words.ts'

/** The way to all conversations in which some words stand, and the newest of them as they are found. */
export function useConversationsFound(words: string): { rows: readonly Found[]; state: HitsState } {
  const t = useText()
  const go = useGo()
  const me = useMe()
  const { hits, state } = useHits(words)
  const search = words.trim()
  if (search === '') return { rows: [], state }
  const rows = [
    // It stands first, where what comes later moves nothing.
    {
      id: 'search',
      label: t('command.searchFor', { words: search }),
      icon: Search,
      run: () => go(conversationsPaths.conversations({ search })),
    },
    ...hits.map(({ head, match }) => ({
      id: match ? `hit:${head.id}` : `conversation:${head.id}`,
      label: contactName(head, t),
      note: match?.pieces ?? [{ text: previewText(head, me.id, t), marked: false }],
      icon: MessageSquare,
      person: { name: knownName(head.contact), seed: head.contact.id },
      run: () =>
        go(
          match
            ? conversationsPaths.found(head.id, { search }, match.seq)
            : conversationsPaths.conversation(head.id, { search }),
        ),
    })),
  ]
  return { rows, state }
}
