import type { Head, Match } from '@foyer/contract/conversations.ts'
import { memo } from 'react'
import { Go } from '../../link.tsx'
import { useMe, useOperatorName } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime, shortWhen } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { classes } from '../../ui/classes.ts'
import { useNow } from '../../ui/now.ts'
import { Passage } from '../../ui/passage.tsx'
import { Preview } from './preview.tsx'
import { StateLabel } from './state-label.tsx'
import { contactName, knownName } from './words.ts'

/** One conversation of all: state, who, last words or what was found, whose, when. Where one line has no room, names stand first of two. */
export const ArchiveRow = memo(function ArchiveRow({
  head,
  match,
  to,
  here,
  gone,
}: {
  head: Head
  match: Match | undefined
  to: string
  here: boolean
  gone: boolean
}) {
  const t = useText()
  const locale = useLocale()
  const me = useMe()
  const now = useNow()
  const nameOf = useOperatorName()
  // The list is in the order of what happened last, be it a message or not.
  const lastAt = Date.parse(head.lastAt)
  const assignee =
    head.assigneeId === me.id
      ? t('assignee.me')
      : head.assigneeId
        ? nameOf(head.assigneeId)
        : t('assignee.nobody')
  return (
    <Go
      to={to}
      aria-current={here ? 'page' : undefined}
      className={classes(
        'mx-2 grid min-h-11 grid-cols-[1fr_auto] items-center gap-x-3 gap-y-0.5 rounded-lg px-2.5 py-2 text-dense transition-colors focus-visible:-outline-offset-2',
        '@min-[50rem]/list:grid-cols-[5.5rem_13rem_1fr_9rem_5.5rem] @min-[50rem]/list:py-1',
        here ? 'bg-selected' : 'hover:bg-hover',
        gone && 'opacity-45',
      )}
    >
      <span className="order-4 justify-self-end @min-[50rem]/list:order-none @min-[50rem]/list:justify-self-start">
        <StateLabel state={head.state} live={head.live} />
      </span>
      <span className="order-1 flex min-w-0 items-center gap-2 @min-[50rem]/list:order-none">
        <span className="hidden @min-[50rem]/list:inline-flex">
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
      <span dir="auto" className="order-3 truncate text-soft @min-[50rem]/list:order-none">
        {match ? <Passage pieces={match.pieces} /> : <Preview head={head} here={false} />}
      </span>
      <span className="hidden truncate text-faint @min-[50rem]/list:inline">{assignee}</span>
      <time
        dateTime={head.lastAt}
        title={t('all.lastActivity', { when: fullTime(locale, lastAt) })}
        className="tabular order-2 text-end text-small text-faint @min-[50rem]/list:order-none"
      >
        {shortWhen(locale, lastAt, now)}
      </time>
    </Go>
  )
})
