import { conversationsPaths } from './screens/conversations/paths.ts'
import { inboxPaths } from './screens/inbox/paths.ts'
import { logInPaths } from './screens/log-in/paths.ts'
import { notificationsPaths } from './screens/notifications/paths.ts'
import { settingsPaths } from './screens/settings/paths.ts'

/** The addresses that others lead to; each folder builds its own, and nobody else does. */
export const paths = {
  home: () => '/',
  ...inboxPaths,
  ...conversationsPaths,
  ...notificationsPaths,
  ...settingsPaths,
  ...logInPaths,
} as const
