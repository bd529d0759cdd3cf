import type { Head } from '@foyer/contract/conversations.ts'
import { useEffect, useRef } from 'react'
import { useGo, usePathname } from '../../link.tsx'
import { paths } from '../../paths.ts'
import { useMe, useOperatorName } from '../../session.ts'
import { useSync } from '../../sync.ts'
import { useText } from '../../text.tsx'
import { notify } from '../../ui/notices.tsx'
import { contactName } from '../conversations/words.ts'

/** Says that a colleague has just given me a conversation, and leads there. */
export function useHandOverNotice(): void {
  const t = useText()
  const go = useGo()
  const me = useMe()
  const nameOf = useOperatorName()
  const pathname = usePathname()
  const { live, lists } = useSync()
  const told = useRef(new Map<string, string>())

  function hear(head: Head): void {
    const by = head.assigneeId === me.id ? head.handed?.by : undefined
    if (by === undefined) {
      told.current.delete(head.id)
      return
    }
    if (told.current.get(head.id) === by) return
    told.current.set(head.id, by)
    const to = paths.inboxConversation(head.id)
    if (pathname === to) return
    const drop = notify({
      tone: 'plain',
      text: t('handed.toast', { name: nameOf(by), contact: contactName(head, t) }),
      action: { label: t('handed.open'), run: () => go(to) },
    })
    dropped.current.set(head.id, drop)
  }
  const dropped = useRef(new Map<string, () => void>())
  const latest = useRef(hear)
  latest.current = hear
  // Whoever gets there by another way needs no way shown.
  useEffect(() => {
    for (const [id, drop] of dropped.current) if (pathname === paths.inboxConversation(id)) drop()
  }, [pathname])
  useEffect(
    () =>
      live.onFrame((frame) => {
        // Operators' sockets carry operators' heads.
        if (frame.type === 'head') latest.current(frame.head as Head)
        else if (frame.type === 'packet' && lists.known(frame.packet.conversationId)?.assigneeId === me.id)
          latest.current(frame.packet.head as Head)
      }),
    [live, lists, me.id],
  )
}
