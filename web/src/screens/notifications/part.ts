import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { Bell } from 'lucide-react'
import type { Part } from '../../part.ts'
import { notificationsPaths } from './paths.ts'
import { UnreadCount } from './unread-count.tsx'

/** What concerns me. */
export const notifications: Part = {
  path: '/notifications',
  label: 'nav.notifications',
  icon: Bell,
  bottomLabel: 'nav.notificationsShort',
  Badge: UnreadCount,
  routes: (desk) =>
    createRoute({
      getParentRoute: () => desk,
      path: notificationsPaths.notifications(),
      component: lazyRouteComponent(() => import('./notifications-screen.tsx'), 'NotificationsScreen'),
    }),
}
