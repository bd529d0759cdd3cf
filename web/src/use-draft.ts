import { useCallback, useSyncExternalStore } from 'react'
import type { DraftKind } from './drafts.ts'
import { useSync } from './sync.ts'

/** What I have written in a conversation and not sent, the same in all tabs and on all devices. */
export function useDraft(conversationId: string, kind: DraftKind): [string, (text: string) => void] {
  const { drafts } = useSync()
  const text = useSyncExternalStore(drafts.subscribe, () => drafts.text(conversationId, kind))
  const write = useCallback(
    (next: string) => drafts.write(conversationId, kind, next),
    [drafts, conversationId, kind],
  )
  return [text, write]
}

/** The beginning of what waits in a conversation to be sent, for a row of a list; empty where nothing does. */
export function useDraftLine(conversationId: string): string {
  const { drafts } = useSync()
  return useSyncExternalStore(drafts.subscribe, () =>
    (drafts.text(conversationId, 'message').trim() || drafts.text(conversationId, 'note').trim())
      .slice(0, 200)
      .replace(/\s+/gu, ' '),
  )
}
