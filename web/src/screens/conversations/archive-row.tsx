import type { Head, Match } from '@foyer/contract/conversations.ts'
import { memo, useState } from 'react'
import { Go } from '../../link.tsx'
import { useMe, useOperatorName, useOperatorPicture } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime, shortWhen } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { classes } from '../../ui/classes.ts'
import { useNow } from '../../ui/now.ts'
import { Passage } from '../../ui/passage.tsx'
import type { Density } from './density.ts'
import { Preview } from './preview.tsx'
import { RowActions } from './row-actions.tsx'
import { StateLabel, StateMark } from './state-label.tsx'
import { contactName, isUnread, knownName } from './words.ts'

type ArchiveRowProps = {
  head: Head
  match: Match | undefined
  density: Density
  to: string
  here: boolean
  gone: boolean
}

/** The columns of a row where one line has room for all, and of the words above them. */
export const columns = '@min-[50rem]/list:grid @min-[50rem]/list:grid-cols-[14rem_1fr_10rem_7rem]'

/** One conversation of all: who, last words or what was found, whose, when. Where one line has no room, names stand first of two. */
export const ArchiveRow = memo(function ArchiveRow({
  head,
  match,
  density,
  to,
  here,
  gone,
}: ArchiveRowProps) {
  const t = useText()
  const me = useMe()
  const isCompact = density === 'compact'
  // What can be done is there for whom the hand or the focus is on: a hundred buttons of one name would help nobody. Where the
  // conversation stands open, its own are.
  const [isHovered, setHovered] = useState(false)
  const [isFocused, setFocused] = useState(false)
  const unread = isUnread(head, me.id)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it shows buttons earlier, and does nothing by itself
    <div
      className={classes('group/row relative mx-1.5', gone && 'opacity-45')}
      onPointerEnter={({ pointerType }) => setHovered(pointerType === 'mouse')}
      onPointerLeave={() => setHovered(false)}
      onFocus={() => setFocused(true)}
      onBlur={({ currentTarget, relatedTarget }) => setFocused(currentTarget.contains(relatedTarget))}
    >
      <Go
        to={to}
        aria-current={here ? 'page' : undefined}
        className={classes(
          'flex items-center gap-x-3 rounded-lg ps-4.5 pe-3 text-dense transition-colors focus-visible:-outline-offset-2',
          columns,
          isCompact
            ? 'min-h-11 py-1 @min-[50rem]/list:min-h-9 @min-[50rem]/list:py-0.5'
            : 'min-h-14 py-2 @min-[50rem]/list:min-h-12 @min-[50rem]/list:py-1',
          here ? 'bg-selected' : 'group-hover/row:bg-hover',
        )}
      >
        <StateMark
          state={head.state}
          live={head.live}
          until={head.snoozedUntil}
          className="absolute start-1.25 top-1/2 -translate-y-1/2"
        />
        <span className="contents @min-[50rem]/list:flex @min-[50rem]/list:min-w-0 @min-[50rem]/list:items-center @min-[50rem]/list:gap-2.5">
          <Avatar
            name={knownName(head.contact)}
            seed={head.contact.id}
            size={isCompact ? 'small' : 'medium'}
          />
          <bdi
            className={classes(
              'hidden truncate @min-[50rem]/list:inline',
              unread ? 'font-bold' : 'font-medium',
            )}
          >
            {contactName(head, t)}
          </bdi>
        </span>
        <span className="flex min-w-0 grow flex-col @min-[50rem]/list:contents">
          <span className="flex min-h-5 items-center gap-2 @min-[50rem]/list:hidden">
            <bdi className={classes('grow truncate', unread ? 'font-bold' : 'font-medium')}>
              {contactName(head, t)}
            </bdi>
            <When head={head} />
          </span>
          <span
            dir="auto"
            className={classes('truncate', unread ? 'text-ink' : 'text-soft', isCompact && 'leading-5')}
          >
            {match ? <Passage pieces={match.pieces} /> : <Preview head={head} here={false} />}
          </span>
        </span>
        <Whose head={head} />
        <span className="hidden justify-end @min-[50rem]/list:flex">
          <When head={head} />
        </span>
      </Go>
      {!here && (isHovered || isFocused) ? (
        <RowActions
          head={head}
          className="absolute end-2 top-1/2 hidden -translate-y-1/2 rounded-md bg-raised shadow-rest wide:flex pointer-coarse:hidden!"
        />
      ) : null}
    </div>
  )
})

/** LIVE, SNOOZED and NEW in words, and when something happened last: the list is in that order, be it a message or not. */
function When({ head }: { head: Head }) {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  const lastAt = Date.parse(head.lastAt)
  return (
    <span className="flex shrink-0 items-center gap-2">
      {head.live || head.state === 'new' || head.snoozedUntil ? (
        <StateLabel state={head.state} live={head.live} until={head.snoozedUntil} shapeless />
      ) : null}
      <time
        dateTime={head.lastAt}
        title={t('all.lastActivity', { when: fullTime(locale, lastAt) })}
        className="tabular text-end text-small text-faint"
      >
        {shortWhen(locale, lastAt, now)}
      </time>
    </span>
  )
}

/** Who has it, with their face. */
function Whose({ head: { assigneeId } }: { head: Head }) {
  const t = useText()
  const me = useMe()
  const nameOf = useOperatorName()
  const pictureOf = useOperatorPicture()
  if (assigneeId === null)
    return <span className="hidden truncate text-faint @min-[50rem]/list:inline">{t('assignee.nobody')}</span>
  const isMine = assigneeId === me.id
  return (
    <span className="hidden min-w-0 items-center gap-2 text-soft @min-[50rem]/list:flex">
      <Avatar
        name={isMine ? me.name : nameOf(assigneeId) || null}
        seed={assigneeId}
        picture={isMine ? me.picture : pictureOf(assigneeId)}
        size="small"
      />
      <bdi className="truncate">{isMine ? t('assignee.me') : nameOf(assigneeId)}</bdi>
    </span>
  )
}
