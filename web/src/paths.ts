import type { ConversationState } from '@foyer/contract/conversations.ts'

/** What the filter of all conversations says in the address bar. */
export type ConversationsFilter = { state?: ConversationState | undefined; search?: string | undefined }

export const settingsSections = [
  'profile',
  'password',
  'appearance',
  'notifications',
  'sessions',
  'team',
  'roles',
  'messenger',
  'mail',
  'sample-data',
] as const
export type SettingsSection = (typeof settingsSections)[number]

/** Every address of the Message Center is built here and nowhere else. */
export const paths = {
  home: () => '/',
  setUp: () => '/setup',
  forgotPassword: () => '/forgotten-password',
  newPassword: (token: string) => `/new-password#${token}`,
  operators: () => '/operators',
  notifications: () => '/notifications',
  inbox: () => '/inbox',
  inboxConversation: (conversationId: string) => `/inbox/${encodeURIComponent(conversationId)}`,
  /** A conversation one came to from the notifications, among those it stands with; the way back leads to them. */
  notified: (conversationId: string, place: 'inbox' | 'conversations') =>
    `/${place}/${encodeURIComponent(conversationId)}?from=notifications`,
  conversations: (filter: ConversationsFilter) => `/conversations${queryOf(filter)}`,
  conversation: (conversationId: string, filter: ConversationsFilter) =>
    `/conversations/${encodeURIComponent(conversationId)}${queryOf(filter)}`,
  /** A conversation that was found, at the entry in which the words stand. */
  found: (conversationId: string, filter: ConversationsFilter, seq: number) =>
    `${paths.conversation(conversationId, filter)}&at=${seq}`,
  settings: (section: SettingsSection) => `/settings/${section}`,
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
