import type { Head } from '@foyer/contract/conversations.ts'
import { memo } from 'react'
import { Go } from '../../link.tsx'
import { useMe } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime, shortWhen } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { classes } from '../../ui/classes.ts'
import { Count } from '../../ui/count.tsx'
import { useNow } from '../../ui/now.ts'
import { Preview } from '../conversations/preview.tsx'
import { StateLabel, stateWords } from '../conversations/state-label.tsx'
import { contactName, knownName } from '../conversations/words.ts'
import { AlarmCountdown } from './alarm-countdown.tsx'
import { WaitingTime } from './waiting-time.tsx'

type RowProps = {
  head: Head
  /** The name of the group it was given to. */
  group: string | undefined
  /** The name of the colleague who gave it to me, until I have looked. */
  giver: string | undefined
  to: string
  here: boolean
  gone: boolean
}

/** One conversation in the inbox: who, what they said last, and why it stands where it stands. */
export const ConversationRow = memo(function ConversationRow({
  head,
  group,
  giver,
  to,
  here,
  gone,
}: RowProps) {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  const me = useMe()
  // Bold is what is mine and unread; what nobody has is told by its sign.
  const unread = head.unread > 0 && head.assigneeId === me.id && head.state !== 'ended'
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
      <Avatar name={knownName(head.contact)} seed={head.contact.id} />
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
          <span dir="auto" className={classes('grow truncate', unread ? 'text-ink' : 'text-soft')}>
            <Preview head={head} here={here} giver={giver} />
          </span>
          <Unread count={head.unread} />
        </span>
        <span className="flex min-h-5 items-center gap-2 text-small text-faint">
          <Sign head={head} now={now} />
          {giver === undefined ? null : (
            <span className="min-w-0 truncate font-medium text-soft">{t('row.from', { name: giver })}</span>
          )}
          {head.waitingSince && head.assigneeId === me.id ? (
            <AlarmCountdown since={head.waitingSince} />
          ) : null}
          {head.assigneeId === null && group ? <bdi className="ms-auto min-w-0 truncate">{group}</bdi> : null}
        </span>
      </span>
    </Go>
  )
})

/** How many messages are unread, where it is more than the one that bold type or NEW tell of. */
function Unread({ count }: { count: number }) {
  const t = useText()
  if (count === 0) return null
  const label = t('row.unread', { count })
  return count > 1 ? <Count value={count} label={label} /> : <span className="sr-only">{label}</span>
}

/** One sign says why it stands where it stands: LIVE and NEW as pills, else the time it waits, else the state in words. */
function Sign({ head, now }: { head: Head; now: number }) {
  const t = useText()
  const waits = head.waitingSince ? now - Date.parse(head.waitingSince) : null
  const isLoud = head.live || head.state === 'new'
  return (
    <>
      {isLoud ? (
        <StateLabel state={head.state} live={head.live} />
      ) : waits === null ? (
        <StateLabel state={head.state} quiet />
      ) : (
        <span className="sr-only">{t(stateWords[head.state])}</span>
      )}
      {waits === null ? null : <WaitingTime ms={waits} withSign={!isLoud} />}
    </>
  )
}
