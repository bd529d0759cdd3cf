import type { Saying } from '@foyer/contract/rich-text/saying.ts'
import { useCallback, useSyncExternalStore } from 'react'
import type { DraftKind } from './drafts.ts'
import { useSync } from './sync.ts'

/** What I have written in a conversation and not sent, the same in all tabs and on all devices. */
export function useDraft(conversationId: string, kind: DraftKind): [Saying, (saying: Saying) => void] {
  const { drafts } = useSync()
  const saying = useSyncExternalStore(drafts.subscribe, () => drafts.saying(conversationId, kind))
  const write = useCallback(
    (next: Saying) => drafts.write(conversationId, kind, next),
    [drafts, conversationId, kind],
  )
  return [saying, write]
}

/** The beginning of what waits in a conversation to be sent, for a row of a list; empty where nothing does. */
export function useDraftLine(conversationId: string): string {
  const { drafts } = useSync()
  return useSyncExternalStore(drafts.subscribe, () =>
    (
      drafts.saying(conversationId, 'message').text.trim() ||
      drafts.saying(conversationId, 'note').text.trim()
    )
      .slice(0, 200)
      .replace(/\s+/gu, ' '),
  )
}
