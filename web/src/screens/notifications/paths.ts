export const notificationsPaths = {
  notifications: () => '/notifications',
  /** A conversation one came to from the notifications, among those it stands with; the way back leads to them. */
  notified: (conversationId: string, place: 'inbox' | 'conversations') =>
    `/${place}/${encodeURIComponent(conversationId)}?from=notifications`,
} as const
