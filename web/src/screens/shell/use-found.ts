import { useConversationsFound } from '../conversations/use-found.ts'
import { useSectionsFound } from '../settings/use-found.ts'
import type { Found } from './commands.ts'

/** What is found for some words beside commands; each part that can be searched has its line, in the order of the palette. */
export function useFound(words: string): readonly Found[] {
  return [useConversationsFound(words), useSectionsFound(words)].flat()
}
