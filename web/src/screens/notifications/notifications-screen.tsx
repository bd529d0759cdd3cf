import type { Notification } from '@foyer/contract/notifications.ts'
import { CheckCheck } from 'lucide-react'
import { useRef } from 'react'
import { Go } from '../../link.tsx'
import { ListFailed } from '../../list-failed.tsx'
import { paths } from '../../paths.ts'
import { useOperatorName, useOperatorPicture } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime, shortWhen } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/empty.tsx'
import { useNow } from '../../ui/now.ts'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { contactName } from '../conversations/words.ts'
import { useNotifications, useReadNotifications } from './use-notifications.ts'

/** What concerns me, newest first; each leads to its conversation. */
export function NotificationsScreen() {
  const t = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const list = useNotifications()
  const read = useReadNotifications()
  const byId = new Map(list.items.map((item) => [item.id, item]))
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-12 shrink-0 items-center gap-3 border-b border-line px-4 py-2">
        <h1 className="me-auto text-base font-semibold">{t('nav.notifications')}</h1>
        {list.unread > 0 ? (
          <Button onPress={() => void read()}>
            <CheckCheck size={14} aria-hidden="true" />
            {t('notifications.readAll')}
          </Button>
        ) : null}
      </header>
      <div ref={scroller} className="relative min-h-0 grow overflow-y-auto py-1.5">
        <div className="mx-auto max-w-180">
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
            estimate={56}
            onEnd={list.hasNextPage && !list.isFetchingNextPage ? list.fetchNextPage : undefined}
          >
            {(id) => {
              const item = byId.get(id)
              return item ? <Row item={item} /> : null
            }}
          </VirtualRows>
        </div>
      </div>
    </div>
  )
}

function Row({ item }: { item: Notification }) {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  const nameOf = useOperatorName()
  const pictureOf = useOperatorPicture()
  const colleague = nameOf(item.operatorId) || t('log.operator')
  const at = Date.parse(item.at)
  return (
    <Go
      to={paths.notified(item.conversationId, item.inInbox ? 'inbox' : 'conversations')}
      className="mx-2 flex gap-3 rounded-lg px-3 py-2.5 text-dense transition-colors hover:bg-hover focus-visible:-outline-offset-2"
    >
      <Avatar name={colleague} seed={item.operatorId ?? item.id} picture={pictureOf(item.operatorId)} />
      <span className="flex min-w-0 grow flex-col gap-0.5">
        <span className={classes('text-pretty', item.read ? 'text-soft' : 'font-medium')}>
          {t(`notifications.${item.kind}`, {
            name: colleague,
            contact: contactName({ contact: { id: item.contactId, name: item.contactName, email: null } }, t),
            group: item.groupName ?? '',
          })}
        </span>
        {item.text ? (
          <span dir="auto" className="truncate text-soft">
            {item.text}
          </span>
        ) : null}
        {item.about ? (
          <span dir="auto" className="truncate text-faint">
            {t('notifications.about', { text: item.about })}
          </span>
        ) : null}
      </span>
      <span className="flex shrink-0 flex-col items-end gap-1.5">
        <time dateTime={item.at} title={fullTime(locale, at)} className="tabular text-small text-faint">
          {shortWhen(locale, at, now)}
        </time>
        {item.read ? null : (
          <span className="size-2 rounded-full bg-ember">
            <span className="sr-only">{t('notifications.unread')}</span>
          </span>
        )}
      </span>
    </Go>
  )
}
