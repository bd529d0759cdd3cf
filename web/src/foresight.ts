import type { Head } from '@foyer/contract/conversations.ts'
import { useSyncExternalStore } from 'react'

/** A change shown before the server has confirmed it; it holds until a head newer than `n` arrives or it is dropped. */
type Guess = { n: number; change: Partial<Head> }

const guesses = new Map<string, Guess>()
const listeners = new Set<() => void>()

export function guess(id: string, made: Guess): () => void {
  guesses.set(id, made)
  for (const listener of [...listeners]) listener()
  return () => {
    if (guesses.get(id) !== made) return
    guesses.delete(id)
    for (const listener of [...listeners]) listener()
  }
}

export function useGuess(id: string): Guess | undefined {
  return useSyncExternalStore(subscribe, () => guesses.get(id))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
