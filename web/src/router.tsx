import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { paths, readFilter, settingsSections } from './paths.ts'
import { ArchivedConversation, InboxConversation } from './screens/conversation/routes.tsx'
import { InboxScreen, NothingOpen } from './screens/inbox/inbox-screen.tsx'
import { Gate } from './screens/shell/gate.tsx'
import { Fault, Lost, Root } from './screens/shell/root.tsx'

const root = createRootRoute({ component: Root, notFoundComponent: Lost, errorComponent: Fault })

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (query: Record<string, unknown>) => ({
    token: typeof query.token === 'string' ? query.token : '',
  }),
  component: lazyRouteComponent(() => import('./screens/set-up/set-up-screen.tsx'), 'SetUpScreen'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  validateSearch: (query: Record<string, unknown>) => ({
    token: typeof query.token === 'string' ? query.token : '',
  }),
  component: lazyRouteComponent(() => import('./screens/set-up/invitation-screen.tsx'), 'InvitationScreen'),
})

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgotten-password',
  component: lazyRouteComponent(() => import('./screens/log-in/forgot-screen.tsx'), 'ForgotScreen'),
})

const newPassword = createRoute({
  getParentRoute: () => root,
  path: '/new-password',
  component: lazyRouteComponent(
    () => import('./screens/log-in/new-password-screen.tsx'),
    'NewPasswordScreen',
  ),
})

const address = createRoute({
  getParentRoute: () => root,
  path: '/address',
  component: lazyRouteComponent(() => import('./screens/log-in/address-screen.tsx'), 'AddressScreen'),
})

const desk = createRoute({ getParentRoute: () => root, id: 'desk', component: Gate })

const home = createRoute({
  getParentRoute: () => desk,
  path: '/',
  beforeLoad: () => {
    throw redirect({ href: paths.inbox(), replace: true })
  },
})

const inbox = createRoute({ getParentRoute: () => desk, path: '/inbox', component: InboxScreen })
const inboxIndex = createRoute({ getParentRoute: () => inbox, path: '/', component: NothingOpen })
const inboxConversation = createRoute({
  getParentRoute: () => inbox,
  path: '/$conversationId',
  component: InboxConversation,
})

const conversations = createRoute({
  getParentRoute: () => desk,
  path: '/conversations',
  validateSearch: readFilter,
  component: lazyRouteComponent(
    () => import('./screens/conversations/conversations-screen.tsx'),
    'ConversationsScreen',
  ),
})
const conversationsIndex = createRoute({ getParentRoute: () => conversations, path: '/' })
const archivedConversation = createRoute({
  getParentRoute: () => conversations,
  path: '/$conversationId',
  component: ArchivedConversation,
})

const operators = createRoute({
  getParentRoute: () => desk,
  path: '/operators',
  component: lazyRouteComponent(() => import('./screens/operators/operators-screen.tsx'), 'OperatorsScreen'),
})

const notifications = createRoute({
  getParentRoute: () => desk,
  path: '/notifications',
  component: lazyRouteComponent(
    () => import('./screens/notifications/notifications-screen.tsx'),
    'NotificationsScreen',
  ),
})

const settings = createRoute({
  getParentRoute: () => desk,
  path: '/settings',
  beforeLoad: ({ location }) => {
    if (!settingsSections.some((section) => location.pathname === paths.settings(section)))
      throw redirect({ href: paths.settings('profile'), replace: true })
  },
})
const settingsSection = createRoute({
  getParentRoute: () => settings,
  path: '/$section',
  component: lazyRouteComponent(() => import('./screens/settings/settings-screen.tsx'), 'SettingsScreen'),
})

export function createAppRouter() {
  return createRouter({
    routeTree: root.addChildren([
      setUp,
      invitation,
      forgotPassword,
      newPassword,
      address,
      desk.addChildren([
        home,
        inbox.addChildren([inboxIndex, inboxConversation]),
        conversations.addChildren([conversationsIndex, archivedConversation]),
        operators,
        notifications,
        settings.addChildren([settingsSection]),
      ]),
    ]),
    // Plain words in the address, read back as they stand.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (query) => {
      const text = new URLSearchParams(
        Object.entries(query).flatMap(([name, value]) =>
          value === undefined || value === '' ? [] : [[name, String(value)]],
        ),
      ).toString()
      return text ? `?${text}` : ''
    },
    scrollRestoration: false,
  })
}
