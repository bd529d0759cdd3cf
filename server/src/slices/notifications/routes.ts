import * as notifications from '@foyer/contract/notifications.ts'
import * as signs from '@foyer/contract/signs.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import * as actions from './actions.ts'
import { countUnread, listNotifications, readSigns } from './reads.ts'

export function notificationRoutes(context: actions.NotificationActionsContext): BoundRoute[] {
  return [
    bind(notifications.listNotifications, async ({ caller, query }) => {
      const [page, unread] = await Promise.all([
        listNotifications(context, caller, query),
        countUnread(context, caller),
      ])
      return { ...page, unread }
    }),
    bind(signs.readSignSettings, ({ caller }) => readSigns(context, caller)),
    bind(signs.updateSignSettings, ({ caller, body }) => actions.changeSigns(context, caller, body)),
    bind(notifications.readNotifications, async ({ caller, body }) => {
      await actions.readNotifications(context, caller, body)
      return { unread: await countUnread(context, caller) }
    }),
  ]
}
