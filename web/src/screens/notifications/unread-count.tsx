import { useText } from '../../text.tsx'
import { Count } from '../../ui/count.tsx'
import { useNotifications } from './use-notifications.ts'

/** How many notifications I have not read. */
export function UnreadCount() {
  const t = useText()
  const { unread } = useNotifications()
  return <Count value={unread} label={t('notifications.unreadCount', { count: unread })} />
}
