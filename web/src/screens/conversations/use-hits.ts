import { type Head, listConversations } from '@foyer/contract/conversations.ts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../api.ts'

/** Waits until the hand rests, so that a word is one question and not one a letter. */
const restMs = 200
const most = 5

/** The newest conversations in which some words stand, or whose contact has that name; none for less than two letters. */
export function useHits(words: string): readonly Head[] {
  const asked = useRested(words.trim())
  const { data } = useQuery({
    enabled: asked.length > 1,
    queryKey: ['hits', asked],
    queryFn: ({ signal }) =>
      api.call(listConversations, { query: { list: 'all', search: asked, limit: most }, signal }),
    staleTime: 5_000,
  })
  // What was found for other words is no answer to these.
  return asked === words.trim() && asked.length > 1 ? (data?.items ?? []) : []
}

function useRested(words: string): string {
  const [rested, setRested] = useState(words)
  useEffect(() => {
    const timer = setTimeout(() => setRested(words), restMs)
    return () => clearTimeout(timer)
  }, [words])
  return rested
}
