import { useParams, useSearch } from '@tanstack/react-router'
import { paths, readFilter } from '../../paths.ts'
import { useText } from '../../text.tsx'
import { ConversationScreen } from './conversation-screen.tsx'

export function InboxConversation() {
  const t = useText()
  const { conversationId } = useParams({ strict: false })
  if (!conversationId) return null
  return (
    <ConversationScreen
      key={conversationId}
      id={conversationId}
      back={{ to: paths.inbox(), label: t('nav.inbox'), always: false }}
    />
  )
}

export function ArchivedConversation() {
  const t = useText()
  const { conversationId } = useParams({ strict: false })
  const filter = readFilter(useSearch({ strict: false }))
  if (!conversationId) return null
  return (
    <ConversationScreen
      key={conversationId}
      id={conversationId}
      back={{ to: paths.conversations(filter), label: t('nav.conversations'), always: true }}
    />
  )
}
