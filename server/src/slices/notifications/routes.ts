import * as notifications from '@foyer/contract/notifications.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import * as actions from './actions.ts'
import { countUnread, listNotifications } from './reads.ts'

export function notificationRoutes(context: actions.NotificationActionsContext): BoundRoute[] {
  return [
    bind(notifications.listNotifications, async ({ caller, query }) => {
      const [page, unread] = await Promise.all([
        listNotifications(context, caller, query),
        countUnread(context, caller),
      ])
      return { ...page, unread }
    }),
    bind(notifications.readNotifications, async ({ caller, body }) => {
      await actions.readNotifications(context, caller, body)
      return { unread: await countUnread(context, caller) }
    }),
  ]
}
