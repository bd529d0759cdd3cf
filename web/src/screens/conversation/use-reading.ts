import { type Head, markRead } from '@foyer/contract/conversations.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { api } from '../../api.ts'
import { useMe } from '../../session.ts'

/**
 * Tells the server how far the assigned operator has read, while the end is in view and someone is looking. When nobody
 * looks, the "new" line is put after what was read until then.
 */
export function useReading(given: {
  head: Head
  entries: readonly Entry[]
  atEnd: boolean
  setReadUpTo: (read: number | null) => void
}): void {
  const { head, entries, atEnd, setReadUpTo } = given
  const me = useMe()
  const looking = useLooking()
  const told = useRef(head.readByOperator)
  const mine = head.assigneeId === me.id
  const newest = entries.findLast((entry) => entry.publicSeq !== null)?.publicSeq ?? 0

  useEffect(() => {
    if (!mine || !looking || !atEnd || newest <= Math.max(told.current, head.readByOperator)) return
    const before = told.current
    told.current = newest
    api.call(markRead, { params: { conversationId: head.id }, body: { read: newest } }).catch(() => {
      told.current = before
    })
  }, [mine, looking, atEnd, newest, head.id, head.readByOperator])

  const newestNow = useRef(newest)
  newestNow.current = newest
  useEffect(() => {
    if (looking) return
    setReadUpTo(mine ? newestNow.current : null)
  }, [looking, mine, setReadUpTo])
}

/** Whether this page is in front of somebody. */
function useLooking(): boolean {
  return useSyncExternalStore(
    subscribeLooking,
    () => document.visibilityState === 'visible' && document.hasFocus(),
  )
}

function subscribeLooking(changed: () => void): () => void {
  window.addEventListener('focus', changed)
  window.addEventListener('blur', changed)
  document.addEventListener('visibilitychange', changed)
  return () => {
    window.removeEventListener('focus', changed)
    window.removeEventListener('blur', changed)
    document.removeEventListener('visibilitychange', changed)
  }
}
