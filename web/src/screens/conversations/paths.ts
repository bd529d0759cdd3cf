import type { ConversationState } from '@foyer/contract/conversations.ts'

/** What the filter of all conversations says in the address bar. */
export type ConversationsFilter = { state?: ConversationState | undefined; search?: string | undefined }

export const conversationsPaths = {
  conversations: (filter: ConversationsFilter) => `/conversations${queryOf(filter)}`,
  conversation: (conversationId: string, filter: ConversationsFilter) =>
    `/conversations/${encodeURIComponent(conversationId)}${queryOf(filter)}`,
  /** A conversation that was found, at the entry in which the words stand. */
  found: (conversationId: string, filter: ConversationsFilter, seq: number) =>
    `${conversationsPaths.conversation(conversationId, filter)}&at=${seq}`,
} as const

const states: readonly string[] = ['new', 'open', 'pending', 'ended'] satisfies ConversationState[]

/** Reads the filter from an address; what is not understood is left out. */
export function readFilter(query: Record<string, unknown>): ConversationsFilter {
  const { state, search } = query
  const words = typeof search === 'number' ? String(search) : search
  return {
    ...(typeof state === 'string' && states.includes(state) ? { state: state as ConversationState } : {}),
    ...(typeof words === 'string' && words.trim() !== '' ? { search: words.trim().slice(0, 200) } : {}),
  }
}

function queryOf(filter: ConversationsFilter): string {
  const query = new URLSearchParams()
  if (filter.state) query.set('state', filter.state)
  if (filter.search) query.set('search', filter.search)
  const text = query.toString()
  return text ? `?${text}` : ''
}
