import type { Head } from '@foyer/contract/conversations.ts'
import { memo } from 'react'
import { Go } from '../../link.tsx'
import { useMe } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime, shortWhen, whenNext } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { classes } from '../../ui/classes.ts'
import { Count } from '../../ui/count.tsx'
import { useNow } from '../../ui/now.ts'
import type { Density } from '../conversations/density.ts'
import { Preview } from '../conversations/preview.tsx'
import { StateLabel, StateMark } from '../conversations/state-label.tsx'
import { contactName, isUnread, knownName } from '../conversations/words.ts'
import { AlarmCountdown } from './alarm-countdown.tsx'
import { WaitingTime } from './waiting-time.tsx'

type RowProps = {
  head: Head
  /** The name of the group it was given to. */
  group: string | undefined
  /** The name of the colleague who gave it to me, until I have looked. */
  giver: string | undefined
  density: Density
  to: string
  here: boolean
  gone: boolean
}

/** One conversation in the inbox, in two lines: who and why it stands where it stands, what they said last and how much is unread. */
export const ConversationRow = memo(function ConversationRow({
  head,
  group,
  giver,
  density,
  to,
  here,
  gone,
}: RowProps) {
  const t = useText()
  const me = useMe()
  const unread = isUnread(head, me.id)
  const isCompact = density === 'compact'
  return (
    <Go
      to={to}
      aria-current={here ? 'page' : undefined}
      className={classes(
        'group relative mx-1.5 flex items-center rounded-lg ps-4.5 pe-2.5 text-dense transition-colors focus-visible:-outline-offset-2',
        isCompact ? 'gap-2.5 py-1.25' : 'gap-3 py-2.5',
        here ? 'bg-selected' : 'hover:bg-hover',
        gone && 'opacity-45',
      )}
    >
      <StateMark
        state={head.state}
        live={head.live}
        until={head.snoozedUntil}
        className="absolute start-1.25 top-1/2 -translate-y-1/2"
      />
      <Avatar
        name={knownName(head.contact)}
        seed={head.contact.id}
        size={isCompact ? 'medium' : 'comfortable'}
      />
      <span className={classes('flex min-w-0 grow flex-col', isCompact ? 'gap-0' : 'gap-0.75')}>
        <span className="flex min-h-5 items-center gap-2">
          <bdi
            className={classes(
              'truncate',
              isCompact ? 'text-dense' : 'text-base',
              unread ? 'font-bold' : 'font-medium',
            )}
          >
            {contactName(head, t)}
          </bdi>
          <Why head={head} />
        </span>
        <span className="flex min-h-5 items-center gap-2">
          <span dir="auto" className={classes('min-w-0 grow truncate', unread ? 'text-ink' : 'text-soft')}>
            {giver === undefined ? null : (
              <span className="me-1.5 font-medium text-accent">{t('row.from', { name: giver })}</span>
            )}
            <Preview head={head} here={here} giver={giver} />
          </span>
          {head.assigneeId === null && group ? (
            <bdi className="max-w-2/5 shrink-0 truncate text-small text-faint">{group}</bdi>
          ) : null}
          {head.waitingSince && head.assigneeId === me.id ? (
            <AlarmCountdown since={head.waitingSince} />
          ) : null}
          <Unread count={head.unread} alone={unread} />
        </span>
      </span>
    </Go>
  )
})

/** How many messages are unread: a dot for the one that bold type tells of already, a number for more. */
function Unread({ count, alone }: { count: number; alone: boolean }) {
  const t = useText()
  if (count === 0) return null
  const label = t('row.unread', { count })
  if (count > 1) return <Count value={count} label={label} />
  return (
    <>
      {alone ? <span className="mx-1 size-2 shrink-0 rounded-full bg-ember" aria-hidden="true" /> : null}
      <span className="sr-only">{label}</span>
    </>
  )
}

/** Why it stands where it stands: until when it is put off; LIVE and NEW in words, else how long it waits for me, else when something was last said. */
function Why({ head }: { head: Head }) {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  const waits = head.waitingSince ? now - Date.parse(head.waitingSince) : null
  const messageAt = Date.parse(head.messageAt)
  if (head.snoozedUntil)
    return (
      <time
        dateTime={head.snoozedUntil}
        title={fullTime(locale, Date.parse(head.snoozedUntil))}
        className="tabular ms-auto shrink-0 text-small text-accent"
      >
        {t('row.back', { when: whenNext(locale, Date.parse(head.snoozedUntil), now) })}
      </time>
    )
  return (
    <span className="tabular ms-auto flex shrink-0 items-center gap-1.5 text-small text-faint">
      {head.live || head.state === 'new' ? (
        <StateLabel state={head.state} live={head.live} shapeless />
      ) : null}
      {waits === null ? null : <WaitingTime ms={waits} />}
      <time
        dateTime={head.messageAt}
        title={fullTime(locale, messageAt)}
        className={waits === null ? undefined : 'sr-only'}
      >
        {shortWhen(locale, messageAt, now)}
      </time>
    </span>
  )
}
