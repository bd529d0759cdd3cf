export const inboxPaths = {
  inbox: () => '/inbox',
  inboxConversation: (conversationId: string) => `/inbox/${encodeURIComponent(conversationId)}`,
} as const
