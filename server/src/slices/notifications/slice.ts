import { defineSlice } from '../../platform/slice.ts'
// For the facts it declares.
import type {} from '../conversations/news.ts'
import { concernedBy } from './model.ts'
import { createNews } from './news.ts'
import { createCircles, type NotificationPorts } from './reads.ts'
import { notificationRoutes } from './routes.ts'

export const notificationsSlice = defineSlice()({
  name: 'notifications',
  tells: ['notifications', 'signs'],
  open(ports) {
    const { changes } = ports
    const news = createNews(ports.bus)
    const circles = createCircles(ports)
    for (const what of ['operators', 'signs'] as const)
      changes.on(what, ({ organizationId }) => circles.forget(organizationId))
    changes.onMissed(() => circles.forget())
    const gives: NotificationPorts = { circlesOf: circles.of, onSign: news.on }
    return {
      routes: notificationRoutes(ports),
      hears: {
        'conversation.changed'(change) {
          news.tell(change)
          const { organization_id: organizationId } = change.head
          const { operatorIds, groupId } = concernedBy(change)
          const to = [...operatorIds.map((operatorId) => ({ operatorId })), ...(groupId ? [{ groupId }] : [])]
          for (const each of to) changes.publish({ what: 'notifications', to: each, organizationId })
        },
      },
      gives,
    }
  },
})
