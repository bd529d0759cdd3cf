import { createRoute } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'
import type { Part } from '../../part.ts'
import { InboxConversation } from '../conversation/routes.tsx'
import { conversationShortcuts } from '../conversation/shortcuts.ts'
import { cursorShortcuts } from './cursor-shortcuts.ts'
import { InboxScreen, NothingOpen } from './inbox-screen.tsx'
import { inboxPaths } from './paths.ts'
import { WaitingCounts } from './waiting-counts.tsx'

/** What waits for me, and what is for me to take. */
export const inbox: Part = {
  path: inboxPaths.inbox(),
  label: 'nav.inbox',
  icon: Inbox,
  bottomLabel: 'nav.inbox',
  Badge: WaitingCounts,
  fillsSmallScreens: true,
  routes(desk) {
    // Where one begins, and so part of what is loaded first.
    const here = createRoute({ getParentRoute: () => desk, path: inboxPaths.inbox(), component: InboxScreen })
    return here.addChildren([
      createRoute({ getParentRoute: () => here, path: '/', component: NothingOpen }),
      createRoute({ getParentRoute: () => here, path: '/$conversationId', component: InboxConversation }),
    ])
  },
  shortcuts: [...cursorShortcuts, ...conversationShortcuts],
}
