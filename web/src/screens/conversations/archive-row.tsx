import type { Head } from '@foyer/contract/conversations.ts'
import { memo } from 'react'
import { Go } from '../../link.tsx'
import { useMe, useOperatorName } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime, shortWhen } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { classes } from '../../ui/classes.ts'
import { useNow } from '../../ui/now.ts'
import { Preview } from './preview.tsx'
import { StateLabel } from './state-label.tsx'
import { contactName, knownName } from './words.ts'

/** One conversation of all: state, who, last words, whose, when. Where one line has no room, names stand first of two. */
export const ArchiveRow = memo(function ArchiveRow({
  head,
  to,
  gone,
}: {
  head: Head
  to: string
  gone: boolean
}) {
  const t = useText()
  const locale = useLocale()
  const me = useMe()
  const now = useNow()
  const nameOf = useOperatorName()
  const messageAt = Date.parse(head.messageAt)
  const assignee =
    head.assigneeId === me.id
      ? t('assignee.me')
      : head.assigneeId
        ? nameOf(head.assigneeId)
        : t('assignee.nobody')
  return (
    <Go
      to={to}
      className={classes(
        'mx-2 grid min-h-11 grid-cols-[1fr_auto] items-center gap-x-3 gap-y-0.5 rounded-lg px-2.5 py-2 text-dense transition-colors hover:bg-hover focus-visible:-outline-offset-2',
        'full:grid-cols-[5.5rem_13rem_1fr_9rem_5.5rem] full:py-1',
        gone && 'opacity-45',
      )}
    >
      <span className="order-4 justify-self-end full:order-none full:justify-self-start">
        <StateLabel state={head.state} live={head.live} />
      </span>
      <span className="order-1 flex min-w-0 items-center gap-2 full:order-none">
        <span className="hidden full:inline-flex">
          <Avatar name={knownName(head.contact)} seed={head.contact.id} size="small" />
        </span>
        <bdi
          className={classes(
            'truncate',
            head.unread > 0 && head.assigneeId === me.id && head.state !== 'ended'
              ? 'font-semibold'
              : 'font-medium',
          )}
        >
          {contactName(head, t)}
        </bdi>
      </span>
      <span dir="auto" className="order-3 truncate text-soft full:order-none">
        <Preview head={head} here={false} />
      </span>
      <span className="hidden truncate text-faint full:inline">{assignee}</span>
      <time
        dateTime={head.messageAt}
        title={fullTime(locale, messageAt)}
        className="tabular order-2 text-end text-small text-faint full:order-none"
      >
        {shortWhen(locale, messageAt, now)}
      </time>
    </Go>
  )
})
