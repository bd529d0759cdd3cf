import { MessageSquare, Search } from 'lucide-react'
import { useGo } from '../../link.tsx'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import type { Found } from '../shell/commands.ts'
import { conversationsPaths } from './paths.ts'
import { useHits } from './use-hits.ts'
import { contactName, previewText } from './words.ts'

/** Conversations in which some words stand, and the way to all of them. */
export function useConversationsFound(words: string): readonly Found[] {
  const t = useText()
  const go = useGo()
  const me = useMe()
  const hits = useHits(words)
  const search = words.trim()
  if (search === '') return []
  return [
    ...hits.map(({ head, match }) => ({
      id: `hit:${head.id}`,
      label: contactName(head, t),
      note: match?.pieces ?? [{ text: previewText(head, me.id, t), marked: false }],
      icon: MessageSquare,
      run: () =>
        go(
          match
            ? conversationsPaths.found(head.id, { search }, match.seq)
            : conversationsPaths.conversation(head.id, { search }),
        ),
    })),
    {
      id: 'search',
      label: t('command.searchFor', { words: search }),
      icon: Search,
      run: () => go(conversationsPaths.conversations({ search })),
    },
  ]
}
