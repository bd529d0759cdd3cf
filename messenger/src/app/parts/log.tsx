import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type Line, namedIn } from '../lines.ts'
import type { MessageKey } from '../messages.ts'
import { useScene } from '../scene.ts'
import { Bubble } from './bubble.tsx'
import { FloatingDay } from './floating-day.tsx'
import { Icon } from './icons.tsx'

/** Nearer to an end than this counts as being there. */
const near = 90

/** The messages, newest at the bottom. Stays there if it is there; keeps its place when earlier ones come in above. */
export function Log(props: {
  lines: readonly Line[]
  /** Whom the header names. */
  who: string
  typist: string | null
  older: boolean
  loadOlder: () => void
}) {
  const { t, name } = useScene()
  const { lines, who, typist, older, loadOlder } = props
  const named = namedIn(lines, { who, company: name })
  const log = useRef<HTMLDivElement>(null)
  const place = useRef({ atEnd: true, height: 0, first: '', last: '' })
  const [missed, setMissed] = useState(0)
  const [isAway, setIsAway] = useState(false)
  const ofMe = lines.findLast(
    (line) => line.kind === 'message' && line.author === 'me' && line.state !== 'failed',
  )
  const first = lines[1]?.key ?? ''
  const last = lines.at(-1)
  const lastMessage = lines.findLast((line) => line.kind === 'message')

  // Runs after every drawing: only then is it known how high everything has become.
  useLayoutEffect(() => {
    const box = log.current
    if (!box) return
    const before = place.current
    const grown = box.scrollHeight - before.height
    const isNew = before.last !== (last?.key ?? '')
    const isOwn = isNew && last?.kind === 'message' && last.author === 'me'
    if (before.atEnd || isOwn) toEnd()
    else if (before.first !== first && grown > 0 && !isNew) box.scrollTop += grown
    else if (isNew) setMissed((count) => count + newAfter(lines, before.last))
    place.current = { ...place.current, height: box.scrollHeight, first, last: last?.key ?? '' }
    if (older && box.scrollTop < near) loadOlder()
  })

  // The on-screen keyboard, or a composer that grows, takes its height from the log.
  useLayoutEffect(() => {
    const box = log.current
    if (!box) return
    const watcher = new ResizeObserver(() => place.current.atEnd && toEnd())
    watcher.observe(box)
    return () => watcher.disconnect()
  }, [])

  function toEnd(): void {
    const box = log.current
    if (!box) return
    box.scrollTop = box.scrollHeight
    place.current.atEnd = true
    setMissed(0)
    setIsAway(false)
  }

  function onScroll(): void {
    const box = log.current
    if (!box) return
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < near
    place.current.atEnd = atEnd
    setIsAway(!atEnd)
    if (atEnd) setMissed(0)
    if (older && box.scrollTop < 3 * near) loadOlder()
  }

  return (
    <div class="reading">
      <div
        ref={log}
        class="log"
        role="log"
        aria-live="off"
        aria-label={t('log.label')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        tabIndex={0}
        onScroll={onScroll}
      >
        {older && <p class="event">{t('log.older')}</p>}
        {!older && lines.length > 0 && <p class="event first-of-all">{t('start.team')}</p>}
        {lines.map((line) => (
          <Entry
            key={line.key}
            line={line}
            showName={named.has(line.key)}
            showState={line === ofMe}
            isReachable={line === lastMessage}
          />
        ))}
        {typist !== null && (
          <div class="message operator typing" aria-hidden="true">
            <div class="bubble">
              <i />
              <i />
              <i />
            </div>
          </div>
        )}
      </div>
      <FloatingDay log={log} />
      <p class="unseen" role="status">
        {typist !== null && <span>{t('log.typing', { name: typist || name })}</span>}
      </p>
      {isAway && (
        <button type="button" class="latest" onClick={toEnd}>
          <span class={missed > 0 ? '' : 'unseen'}>
            {missed > 0 ? t('log.new', { count: missed }) : t('log.latest')}
          </span>
          <Icon name="down" />
        </button>
      )}
    </div>
  )
}

type EntryProps = { line: Line; showName: boolean; showState: boolean; isReachable: boolean }

function Entry({ line, ...shown }: EntryProps) {
  const { t, moments, name } = useScene()
  if (line.kind === 'message') return <Bubble line={line} {...shown} />
  if (line.kind === 'day')
    return (
      <p class="day" data-day>
        {moments.day(line.at)}
      </p>
    )
  return <p class="event">{t(`event.${line.event}` as MessageKey, { name: line.name ?? name })}</p>
}

function newAfter(lines: readonly Line[], key: string): number {
  const from = lines.findIndex((line) => line.key === key)
  return lines.slice(from + 1).filter((line) => line.kind === 'message' && line.author !== 'me').length
}
