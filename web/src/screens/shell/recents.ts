import { type Head, readConversation } from '@foyer/contract/conversations.ts'
import { useQueries } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../api.ts'
import { usePathname } from '../../link.tsx'
import { useMe } from '../../session.ts'
import { useSync } from '../../sync.ts'
import { readKept, writeKept } from '../../ui/kept.ts'

const most = 6
const opened = /^\/(?:inbox|conversations)\/([0-9a-f-]{36})$/i

const keyOf = (meId: string) => `recents-${meId}`
const openIn = (pathname: string) => opened.exec(pathname)?.[1] ?? null

/** The newest first, each once. */
export function withRecent(known: readonly string[], id: string): string[] {
  return [id, ...known.filter((each) => each !== id)].slice(0, most)
}

/** Keeps in this browser which conversations I opened last: by their ids, so that nobody's name is left behind in it. */
export function useNoteRecents(): void {
  const { id: meId } = useMe()
  const open = openIn(usePathname())
  useEffect(() => {
    if (open) writeKept(keyOf(meId), withRecent(readKept<string[]>(keyOf(meId)) ?? [], open))
  }, [meId, open])
}

/** What I opened last, without what is open now; null stands for one that is still being read. */
export function useRecents(): readonly { id: string; head: Head | null }[] {
  const { id: meId } = useMe()
  const { lists, live } = useSync()
  const open = openIn(usePathname())
  const ids = (readKept<string[]>(keyOf(meId)) ?? []).filter((id) => id !== open)
  const held = ids.map((id) => lists.known(id) ?? live.conversation(id)?.head ?? null)
  const read = useQueries({
    queries: ids.map((id, index) => ({
      queryKey: ['recent', id],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await api.call(readConversation, { params: { conversationId: id }, signal })).head,
      enabled: held[index] === null,
      retry: false,
    })),
  })
  return ids.flatMap((id, index) => {
    const head = held[index] ?? read[index]?.data ?? null
    // What is no more, or not mine to see any more, is left out.
    return head === null && read[index]?.isError ? [] : [{ id, head }]
  })
}
