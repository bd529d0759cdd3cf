import { type Head, listConversations, type Match } from '@foyer/contract/conversations.ts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../api.ts'

/** Waits until the hand rests, so that a word is one question and not one a letter. */
const restMs = 200
const most = 5

/** A conversation, and where the words stand in it if they do not only name its contact. */
export type Hit = { head: Head; match: Match | undefined }

/** How far the search has come. */
export type HitsState = 'idle' | 'searching' | 'done' | 'failed'

/** The newest conversations in which some words stand, or whose contact has that name; none for less than two letters. */
export function useHits(words: string): { hits: readonly Hit[]; state: HitsState } {
  const asked = useRested(words.trim())
  const { data, isError } = useQuery({
    enabled: asked.length > 1,
    queryKey: ['hits', asked],
    queryFn: ({ signal }) =>
      api.call(listConversations, { query: { list: 'all', search: asked, limit: most }, signal }),
    staleTime: 5_000,
  })
  // What was found for other words is no answer to these.
  if (words.trim().length < 2) return { hits: [], state: 'idle' }
  if (asked !== words.trim() || (!data && !isError)) return { hits: [], state: 'searching' }
  const hits = (data?.items ?? []).map((head) => ({
    head,
    match: data?.searched?.matches.find(({ conversationId }) => conversationId === head.id),
  }))
  return { hits, state: isError && !data ? 'failed' : 'done' }
}

function useRested(words: string): string {
  const [rested, setRested] = useState(words)
  useEffect(() => {
    const timer = setTimeout(() => setRested(words), restMs)
    return () => clearTimeout(timer)
  }, [words])
  return rested
}
