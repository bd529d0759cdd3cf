import { isFewEmoji } from '@foyer/client/few-emoji.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import { BadgeCheck } from 'lucide-react'
import { memo, Suspense } from 'react'
import { useMe, useOperatorName, useOperatorPicture } from '../../session.ts'
import { soon } from '../../soon.ts'
import { useLocale, useText } from '../../text.tsx'
import { clockTime, fullTime } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { classes } from '../../ui/classes.ts'
import { knownName, shortContactName } from '../conversations/words.ts'
import { isGroupAlike } from './group-alike.ts'
import { MessageFailure } from './message-failure.tsx'
import { MessageHeld } from './message-held.tsx'
import { MessageText } from './message-text.tsx'
import { Spoken } from './spoken.tsx'
import { Tick } from './tick.tsx'
import type { Block, Message } from './timeline.ts'

const MessageFiles = soon(async () => (await import('./files/message-files.tsx')).MessageFiles)
const PendingFiles = soon(async () => (await import('./files/pending-files.tsx')).PendingFiles)

type GroupProps = {
  block: Extract<Block, { kind: 'messages' }>
  head: Head
  /** Whether it is the last one of the log. */
  isLast: boolean
}

/** What one author wrote in one go: the contact at the start of the line, operators at its end. */
export const MessageGroup = memo(function MessageGroup({ block, head, isLast }: GroupProps) {
  const t = useText()
  const me = useMe()
  const nameOf = useOperatorName()
  const pictureOf = useOperatorPicture()
  const theirs = block.side === 'contact'
  const mine = !theirs && block.authorId === me.id
  const name = theirs
    ? shortContactName(head, t)
    : mine
      ? t('log.you')
      : block.automatic
        ? t('log.automatic')
        : nameOf(block.authorId) || t('log.operator')
  const last = block.messages.at(-1)
  return (
    <div className={classes('flex gap-2 py-1.5', theirs ? 'justify-start' : 'justify-end')}>
      {theirs ? (
        <span className="mt-1 hidden wide:block">
          <Avatar name={knownName(head.contact)} seed={head.contact.id} size="small" />
        </span>
      ) : null}
      <div
        className={classes('flex max-w-[85%] min-w-0 flex-col gap-0.5', theirs ? 'items-start' : 'items-end')}
      >
        {/* Side and tint tell the contact and me apart; only a colleague's name needs to be read. */}
        <p className={theirs || mine ? 'sr-only' : 'px-1 text-small text-faint'}>
          <bdi>{name}</bdi>
        </p>
        {block.messages.map((message) => (
          <Bubble
            key={message.id}
            message={message}
            tint={theirs ? 'theirs' : mine ? 'mine' : 'ours'}
            last={message === last}
            head={head}
            name={name}
            isReachable={isLast && message === last}
          />
        ))}
      </div>
      {theirs || mine ? null : (
        <span className="mb-5 hidden self-end wide:block">
          <Avatar
            name={block.automatic ? null : nameOf(block.authorId) || null}
            seed={block.authorId ?? ''}
            picture={block.automatic ? null : pictureOf(block.authorId)}
            size="small"
          />
        </span>
      )}
    </div>
  )
}, isGroupAlike)

/** Quiet: that it comes from whoever reads the contact's mail matters when something is to be given away. */
function ProvenMark() {
  const t = useText()
  return (
    <span title={t('log.proven')} className="flex">
      <BadgeCheck size={12} aria-hidden="true" />
      <span className="sr-only">{t('log.proven')}</span>
    </span>
  )
}

const tints = {
  theirs: 'bg-sunk rounded-ss-sm',
  mine: 'own bg-own text-on-own rounded-se-sm',
  ours: 'bg-accent-tint rounded-se-sm',
}

/** The contact does not have it any more. */
const deletedTint =
  'bg-red-tint text-soft rounded-se-sm outline outline-dashed -outline-offset-1 outline-red/40'

type BubbleProps = {
  message: Message
  tint: keyof typeof tints
  last: boolean
  head: Head
  /** Of who wrote it. */
  name: string
  isReachable: boolean
}

function Bubble({ message, tint, last, head, name, isReachable }: BubbleProps) {
  const locale = useLocale()
  const theirs = tint === 'theirs'
  const large = isFewEmoji(message.text)
  return (
    <Spoken
      message={message}
      head={head}
      side={theirs ? 'start' : 'end'}
      label={`${name}, ${clockTime(locale, message.at)}`}
      isReachable={isReachable}
    >
      <div className={classes('flex max-w-full items-end gap-2', !theirs && 'flex-row-reverse')}>
        <div className={classes('flex min-w-0 flex-col gap-1', theirs ? 'items-start' : 'items-end')}>
          {message.text === '' ? null : (
            <div
              dir="auto"
              className={classes(
                'max-w-full min-w-0 rounded-2xl text-start wrap-anywhere whitespace-pre-wrap',
                large ? 'px-1 py-0.5 font-emoji text-[2.5rem] leading-tight' : 'px-3.5 py-2 text-body',
                message.entry?.marks?.deleted ? deletedTint : large ? null : tints[tint],
                message.progress === 'failed' && 'outline outline-red',
                message.progress === 'sending' && 'leave',
              )}
            >
              <MessageText text={message.text} content={message.content} />
            </div>
          )}
          <Suspense>
            {message.item?.files ? (
              <PendingFiles item={message.item} />
            ) : message.files.length > 0 ? (
              <MessageFiles files={message.files} />
            ) : null}
          </Suspense>
        </div>
        {last ? null : (
          <time
            dateTime={new Date(message.at).toISOString()}
            className="tabular shrink-0 pb-1.5 text-tiny text-faint opacity-0 group-hover:opacity-100"
          >
            {clockTime(locale, message.at)}
          </time>
        )}
      </div>
      {message.item?.state === 'failed' ? <MessageFailure item={message.item} /> : null}
      {message.item && message.progress === 'held' ? <MessageHeld item={message.item} /> : null}
      {last && message.progress !== 'failed' && message.progress !== 'held' ? (
        <p className="flex h-4.5 items-center gap-1 px-1 text-tiny text-faint">
          <time
            dateTime={new Date(message.at).toISOString()}
            title={fullTime(locale, message.at)}
            className="tabular"
          >
            {clockTime(locale, message.at)}
          </time>
          {message.progress ? <Tick progress={message.progress} /> : null}
          {message.proven ? <ProvenMark /> : null}
        </p>
      ) : null}
    </Spoken>
  )
}
