import { ArrowDown } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { useMe } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { dayHeading } from '../../time.ts'
import { useNow } from '../../ui/now.ts'
import { Announcer } from './announcer.tsx'
import { ViewerPlace } from './files/viewer-place.tsx'
import { FloatingDay } from './floating-day.tsx'
import { EventLines } from './kinds/event-lines.tsx'
import { MessageGroup } from './message-group.tsx'
import { type Block, buildTimeline, type Day } from './timeline.ts'
import type { OpenConversation } from './use-conversation.ts'
import { useOlder } from './use-older.ts'
import { useReading } from './use-reading.ts'
import { useScroll } from './use-scroll.ts'
import { WritersLine } from './writers-line.tsx'

type MessageLogProps = { conversation: OpenConversation; heading: 'h2' | 'h3' }

/** Everything said in a conversation, oldest first, at the place where one left off. */
export function MessageLog({ conversation, heading: DayLine }: MessageLogProps) {
  const t = useText()
  const me = useMe()
  const locale = useLocale()
  const now = useNow()
  const { held, head, outbox } = conversation
  const scroller = useRef<HTMLDivElement>(null)
  const [readUpTo, setReadUpTo] = useState(head.assigneeId === me.id ? head.readByOperator : null)

  // Who has answered has read what stood there.
  const hasAnswered =
    outbox.length > 0 || held.entries.findLast(({ kind }) => kind === 'message')?.actor.id === me.id
  useEffect(() => {
    if (hasAnswered) setReadUpTo(null)
  }, [hasAnswered])
  const days = useMemo(
    () => buildTimeline({ entries: held.entries, outbox, head, meId: me.id, readUpTo }),
    [held.entries, outbox, head, me.id, readUpTo],
  )
  const last = days.at(-1)?.blocks.findLast(({ kind }) => kind === 'messages')
  const scroll = useScroll({ id: head.id, scroller, entries: held.entries, outbox })
  useReading({ head, entries: held.entries, atEnd: scroll.atEnd, setReadUpTo })
  const older = useOlder({ id: head.id, scroller, held })

  return (
    <ViewerPlace head={head} entries={held.entries}>
      <div className="relative flex min-h-0 grow flex-col">
        <div
          ref={scroller}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
          className="min-h-0 grow overflow-y-auto overscroll-contain px-4 [overflow-anchor:none] focus-visible:-outline-offset-2 wide:px-6"
        >
          {/* Additions are announced by a region of their own: history and a resumed connection add here without being news. */}
          <div
            role="log"
            aria-label={t('log.label')}
            aria-live="off"
            aria-busy={older.loading}
            className="mx-auto flex min-h-full max-w-[72ch] flex-col pb-5"
          >
            <Beginning older={held.older} loading={older.loading} failed={older.failed} retry={older.load} />
            {days.map((day) => {
              const begins = opening(day)
              return (
                <section key={day.key} aria-label={dayHeading(locale, day.at, now)} className="flex flex-col">
                  <div className="flex flex-wrap items-baseline justify-center gap-x-1.5 pt-4 pb-2 text-small text-faint">
                    <DayLine data-day className="font-semibold">
                      {dayHeading(locale, day.at, now)}
                    </DayLine>
                    {begins ? (
                      <>
                        <span aria-hidden="true">·</span>
                        <SessionLabel session={begins.session} />
                      </>
                    ) : null}
                  </div>
                  {(begins ? day.blocks.slice(1) : day.blocks).map((block) =>
                    block.kind === 'messages' ? (
                      <MessageGroup key={block.key} block={block} head={head} isLast={block === last} />
                    ) : block.kind === 'events' ? (
                      <EventLines key={block.key} entries={block.entries} />
                    ) : block.kind === 'own' ? (
                      <block.component key={block.key} entry={block.entry} conversationId={head.id} />
                    ) : block.kind === 'session' ? (
                      <div key={block.key} className="flex justify-center py-1.5 text-small">
                        <SessionLabel session={block.session} />
                      </div>
                    ) : (
                      <NewLine key={block.key} />
                    ),
                  )}
                </section>
              )
            })}
            <WritersLine head={head} />
          </div>
        </div>
        <FloatingDay scroller={scroller} />
        {scroll.atEnd ? null : (
          <Button
            onPress={scroll.toEnd}
            className="arrive absolute end-6 bottom-3 z-10 flex h-9 items-center gap-1.5 rounded-full bg-raised px-3 text-dense text-soft shadow-float data-hovered:text-ink"
          >
            <ArrowDown size={15} aria-hidden="true" />
            {scroll.below > 0 ? t('log.newBelow', { count: scroll.below }) : t('log.toEnd')}
          </Button>
        )}
        <Announcer entries={held.entries} head={head} />
      </div>
    </ViewerPlace>
  )
}

/** A day that begins with a session says so in its own line. */
function opening(day: Day): Extract<Block, { kind: 'session' }> | null {
  const [first] = day.blocks
  return first?.kind === 'session' ? first : null
}

/** Whether what follows was said while both were there. */
function SessionLabel({ session }: { session: 'live' | 'later' }) {
  const t = useText()
  return (
    <p data-session={session} className={session === 'live' ? 'font-semibold text-green' : 'text-faint'}>
      {t(session === 'live' ? 'session.live' : 'session.later')}
    </p>
  )
}

function NewLine() {
  const t = useText()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot carry a word
    <div
      role="separator"
      aria-label={t('log.new')}
      data-new-line
      className="flex items-center gap-3 py-2 text-tiny font-bold text-ember"
    >
      <span className="h-px grow bg-ember/30" />
      {t('log.new')}
      <span className="h-px grow bg-ember/30" />
    </div>
  )
}

type BeginningProps = { older: boolean; loading: boolean; failed: boolean; retry: () => void }

/** The top of what is held: the beginning of the conversation, or that there is more. */
function Beginning({ older, loading, failed, retry }: BeginningProps) {
  const t = useText()
  return (
    <div className="mt-auto flex min-h-9 items-end justify-center pt-4 text-small text-faint">
      {failed ? (
        <Button onPress={retry} className="min-h-8 rounded-md px-3 text-accent data-hovered:bg-hover">
          {t('log.olderFailed')}
        </Button>
      ) : older ? (
        <span className={loading ? 'late' : 'invisible'}>{t('log.loadingOlder')}</span>
      ) : (
        t('log.beginning')
      )}
    </div>
  )
}
