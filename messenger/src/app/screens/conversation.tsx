import type { PublicHead } from '@foyer/contract/messenger.ts'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { type Availability, usualWait } from '../availability.ts'
import { layOut } from '../lines.ts'
import { Announcer } from '../parts/announcer.tsx'
import { Blocked } from '../parts/blocked.tsx'
import { Composer } from '../parts/composer.tsx'
import { Face, Faces } from '../parts/face.tsx'
import { Icon } from '../parts/icons.tsx'
import { Later } from '../parts/later.tsx'
import { Log } from '../parts/log.tsx'
import { Notices } from '../parts/notices.tsx'
import { useChanges, useScene } from '../scene.ts'
import { createOwnTyping } from '../typing.ts'

/** Beside a name there is room for so many. */
const mostFaces = 3

/** One conversation: who answers, what was said, where to write. */
export function ConversationScreen({ id, focus, back }: { id: string; focus: number; back: () => void }) {
  const { t, name, team, available, replySeconds, conversations, panel } = useScene()
  useChanges(conversations)
  const held = conversations.held(id)
  const head = conversations.head(id) ?? held?.head
  const who = head?.operator?.name ?? name
  const said = stateOf(available, head)
  const wait = said === 'later' && replySeconds !== null ? usualWait(replySeconds) : null
  const others = conversations.unread()
  const blockedUntil = conversations.blockedUntil()
  const own = useMemo(() => createOwnTyping((on) => conversations.typing(id, on)), [conversations, id])

  const whole = useRef<HTMLElement>(null)
  const isNew = !head
  // On a phone the keyboard comes up when someone wants to write, and stays up when they just did.
  const isQuiet = useMemo(() => matchMedia('(pointer: coarse)').matches && !isNew, [id])

  useEffect(() => {
    if (isQuiet && focus > 0) whole.current?.focus()
  }, [isQuiet, focus])

  useEffect(() => {
    conversations.show(id)
    return own.stopped
  }, [conversations, id, own])

  const lines = layOut(held?.entries ?? [], conversations.pending(id), head?.readByOperator ?? 0)
  return (
    <main class="conversation" ref={whole} tabIndex={-1} aria-label={t('name')}>
      <header class="bar">
        <button type="button" class="round" aria-label={t('back')} onClick={back}>
          <Icon name="back" />
          {others > 0 && <span class="dot" />}
        </button>
        {head?.operator || team.length === 0 ? (
          <Face name={who} picture={head?.operator?.picture} />
        ) : (
          <Faces team={team.slice(0, mostFaces)} />
        )}
        <div class="whom">
          <h1>
            <bdi>{who}</bdi>
          </h1>
          {wait && <p class="wait">{t(wait.key, { count: wait.count })}</p>}
          {said !== null && said !== 'later' && (
            <p class={said === 'available' ? 'presence here' : 'presence'}>
              <span>{t(`state.${said}`)}</span>
            </p>
          )}
        </div>
        <button type="button" class="round leave" aria-label={t('close')} onClick={panel.close}>
          <Icon name="close" />
        </button>
      </header>
      <div class="sheet">
        <Notices />
        <Log
          key={id}
          lines={lines}
          who={who}
          typist={conversations.typist(id)}
          older={held?.older ?? false}
          loadOlder={() => void conversations.older(id)}
        />
        {blockedUntil === undefined && <Later head={head} lines={lines} />}
        <Announcer id={id} entries={held?.entries ?? null} />
        {blockedUntil !== undefined ? (
          <Blocked until={blockedUntil} />
        ) : (
          <Composer
            key={`write ${id}`}
            draft={id}
            placeholder={t(head?.ended ? 'composer.again' : 'composer.placeholder')}
            focus={isQuiet ? 0 : focus}
            wrote={() => head && own.wrote()}
            stopped={own.stopped}
            send={(said) => conversations.write(id, said)}
          />
        )}
      </div>
    </main>
  )
}

/**
 * What stands under the name: an operator's only while they are there for this conversation; whether somebody else is free is
 * not about them. `later`: they have it, and answer when they can.
 */
function stateOf(
  available: Availability | null,
  head: PublicHead | undefined,
): 'available' | 'busy' | 'away' | 'later' | null {
  if (available === null || available === 'away') return available
  if (head?.live) return 'available'
  if (head?.operator) return 'later'
  return available === 'free' ? 'available' : 'busy'
}
