import type { OutboxItem } from '@foyer/client/outbox.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import type { Held } from '@foyer/contract/state.ts'
import { useEffect, useMemo, useState } from 'react'
import { useGuess } from '../../foresight.ts'
import { useLive, useOutbox, useSync } from '../../sync.ts'

export type OpenConversation = {
  held: Held<Entry, Head>
  /** The head with what was just done here and is not confirmed yet. */
  head: Head
  outbox: readonly OutboxItem[]
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Follows a conversation: `unknown` when there is none at this id, null until its first packet is there. */
export function useConversation(id: string): OpenConversation | 'unknown' | null {
  const { live } = useSync()
  const possible = uuid.test(id)
  const [unknownId, setUnknownId] = useState<string | null>(null)
  const unknown = !possible || unknownId === id

  useEffect(() => {
    if (unknown) return
    const stopListening = live.onFrame((frame) => {
      if (frame.type === 'error' && frame.conversationId === id && frame.code === 'conversation.unknown')
        setUnknownId(id)
    })
    const unwatch = live.watch(id)
    return () => {
      stopListening()
      unwatch()
    }
  }, [live, id, unknown])

  const held = useLive((each) => each.conversation(id))
  const guess = useGuess(id)
  const all = useOutbox()
  const outbox = useMemo(() => all.filter((item) => item.conversationId === id), [all, id])
  const head = useMemo(
    () => held && (guess && held.head.n <= guess.n ? { ...held.head, ...guess.change } : held.head),
    [held, guess],
  )
  if (unknown) return 'unknown'
  return held && head ? { held, head, outbox } : null
}
