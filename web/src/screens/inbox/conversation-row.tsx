import type { Head } from '@foyer/contract/conversations.ts'
import { memo } from 'react'
import { Go } from '../../link.tsx'
import { useLocale, useText } from '../../text.tsx'
import { fullTime, shortWhen } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { classes } from '../../ui/classes.ts'
import { Count } from '../../ui/count.tsx'
import { useNow } from '../../ui/now.ts'
import { Preview } from '../conversations/preview.tsx'
import { StateLabel } from '../conversations/state-label.tsx'
import { contactName } from '../conversations/words.ts'
import { WaitingTime } from './waiting-time.tsx'

type RowProps = {
  head: Head
  /** The name of the group it was given to. */
  group: string | undefined
  to: string
  here: boolean
  gone: boolean
}

/** One conversation in the inbox: who, what they said last, and why it stands where it stands. */
export const ConversationRow = memo(function ConversationRow({ head, group, to, here, gone }: RowProps) {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  const unread = head.unread > 0
  const messageAt = Date.parse(head.messageAt)
  return (
    <Go
      to={to}
      aria-current={here ? 'page' : undefined}
      className={classes(
        'mx-1.5 flex gap-2.5 rounded-lg px-2.5 py-2 text-dense transition-colors focus-visible:-outline-offset-2',
        here ? 'bg-selected' : 'hover:bg-hover',
        gone && 'opacity-45',
      )}
    >
      <Avatar name={head.contact.name} seed={head.contact.id} />
      <span className="flex min-w-0 grow flex-col gap-0.5">
        <span className="flex items-baseline gap-2">
          <bdi className={classes('truncate', unread ? 'font-semibold' : 'font-medium')}>
            {contactName(head, t)}
          </bdi>
          <time
            dateTime={head.messageAt}
            title={fullTime(locale, messageAt)}
            className="tabular ms-auto shrink-0 text-small text-faint"
          >
            {shortWhen(locale, messageAt, now)}
          </time>
        </span>
        <span className="flex items-center gap-2">
          <span
            dir="auto"
            className={classes('grow truncate', unread ? 'font-medium text-ink' : 'text-soft')}
          >
            <Preview head={head} here={here} />
          </span>
          <Count value={head.unread} label={t('row.unread', { count: head.unread })} />
        </span>
        <span className="flex min-h-5 items-center gap-2 text-small text-faint">
          <StateLabel state={head.state} live={head.live} />
          {head.waitingSince ? <WaitingTime ms={now - Date.parse(head.waitingSince)} /> : null}
          {head.assigneeId === null && group ? <bdi className="ms-auto min-w-0 truncate">{group}</bdi> : null}
        </span>
      </span>
    </Go>
  )
})
