import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { Archive, Search } from 'lucide-react'
import type { Part } from '../../part.ts'
import { ArchivedConversation } from '../conversation/routes.tsx'
import { conversationShortcuts } from '../conversation/shortcuts.ts'
import { cursorShortcuts } from '../inbox/cursor-shortcuts.ts'
import { conversationsPaths, readFilter } from './paths.ts'

/** Every conversation there is and was. */
export const conversations: Part = {
  path: '/conversations',
  label: 'nav.conversations',
  icon: Archive,
  bottomLabel: 'nav.conversationsShort',
  fillsSmallScreens: true,
  routes(desk) {
    const here = createRoute({
      getParentRoute: () => desk,
      path: '/conversations',
      validateSearch: readFilter,
      component: lazyRouteComponent(() => import('./conversations-screen.tsx'), 'ConversationsScreen'),
    })
    return here.addChildren([
      createRoute({ getParentRoute: () => here, path: '/' }),
      createRoute({ getParentRoute: () => here, path: '/$conversationId', component: ArchivedConversation }),
    ])
  },
  commands: [{ id: 'searching', label: 'all.search', icon: Search, run: startSearching }],
  shortcuts: [...cursorShortcuts, ...conversationShortcuts],
}

/** Goes to where all conversations are searched, with the hand in the field. */
function startSearching(go: (to: string) => void): void {
  go(conversationsPaths.conversations({}))
  // It is there once what was gone to is drawn.
  setTimeout(() => document.querySelector<HTMLElement>('main input[type="search"]')?.focus(), 50)
}
