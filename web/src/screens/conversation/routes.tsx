import { useParams, useRouterState, useSearch } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { useText } from '../../text.tsx'
import { readFilter } from '../conversations/paths.ts'
import type { Back } from './back-link.tsx'
import { ConversationScreen } from './conversation-screen.tsx'

export function InboxConversation() {
  const t = useText()
  const { conversationId } = useParams({ strict: false })
  const notified = useNotifiedBack()
  if (!conversationId) return null
  return (
    <ConversationScreen
      id={conversationId}
      back={notified ?? { to: paths.inbox(), label: t('nav.inbox'), always: false }}
    />
  )
}

export function ArchivedConversation() {
  const t = useText()
  const { conversationId } = useParams({ strict: false })
  const filter = readFilter(useSearch({ strict: false }))
  const notified = useNotifiedBack()
  if (!conversationId) return null
  return (
    <ConversationScreen
      id={conversationId}
      back={notified ?? { to: paths.conversations(filter), label: t('nav.conversations'), always: true }}
    />
  )
}

/** Whoever came from the notifications goes back to them. */
function useNotifiedBack(): Back | null {
  const t = useText()
  const from = useRouterState({
    select: ({ location }) => new URLSearchParams(location.searchStr).get('from'),
  })
  return from === 'notifications'
    ? { to: paths.notifications(), label: t('nav.notifications'), always: true }
    : null
}
