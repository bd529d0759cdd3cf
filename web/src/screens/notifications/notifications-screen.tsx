import type { Notification } from '@foyer/contract/notifications.ts'
import { CheckCheck } from 'lucide-react'
import { useRef } from 'react'
import { ListFailed } from '../../list-failed.tsx'
import { useLocale, useText } from '../../text.tsx'
import { dayHeading, dayKey } from '../../time.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useNow } from '../../ui/now.ts'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { NotificationRow } from './notification-row.tsx'
import { useNotifications, useReadNotifications } from './use-notifications.ts'

/** What concerns me, day by day, newest first; each leads to its conversation. */
export function NotificationsScreen() {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  const scroller = useRef<HTMLDivElement>(null)
  const list = useNotifications()
  const read = useReadNotifications()
  const byId = new Map(list.items.map((item) => [item.id, item]))
  const begins = firstOfDays(list.items)
  return (
    <div className="sheet flex h-full flex-col">
      <header className="flex min-h-13 shrink-0 items-center gap-3 px-4.5 py-2">
        <h1 className="me-auto text-large font-bold">{t('nav.notifications')}</h1>
        {list.unread > 0 ? (
          <Button look="quiet" onPress={() => void read()}>
            <CheckCheck size={14} aria-hidden="true" />
            {t('notifications.readAll')}
          </Button>
        ) : null}
      </header>
      <div ref={scroller} className="relative min-h-0 grow overflow-y-auto pb-8">
        <div className="mx-auto max-w-190">
          {list.isPending ? <RowSkeleton rows={6} /> : null}
          {list.isError ? <ListFailed retry={() => void list.refetch()} /> : null}
          {list.isSuccess && list.items.length === 0 ? (
            <Empty drawing="quiet" title={t('notifications.empty')}>
              {t('notifications.emptyText')}
            </Empty>
          ) : null}
          <VirtualRows
            label={t('nav.notifications')}
            keys={list.items.map(({ id }) => id)}
            scroller={scroller}
            estimate={72}
            onEnd={list.hasNextPage && !list.isFetchingNextPage ? list.fetchNextPage : undefined}
          >
            {(id) => {
              const item = byId.get(id)
              if (!item) return null
              return (
                <>
                  {begins.has(id) ? (
                    <h2 className="px-4.5 pt-5 pb-1.5 text-small font-semibold text-faint">
                      {dayHeading(locale, Date.parse(item.at), now)}
                    </h2>
                  ) : null}
                  <NotificationRow item={item} read={() => void read(item.conversationId)} />
                </>
              )
            }}
          </VirtualRows>
        </div>
      </div>
    </div>
  )
}

/** The newest of each day, above which its heading stands. */
function firstOfDays(items: readonly Notification[]): ReadonlySet<string> {
  const days = new Set<string>()
  return new Set(
    items
      .filter(({ at }) => {
        const day = dayKey(Date.parse(at))
        return !days.has(day) && days.add(day)
      })
      .map(({ id }) => id),
  )
}
