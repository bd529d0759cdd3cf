import type { PublicHead } from '@foyer/contract/messenger.ts'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { lastText } from './last-text.ts'
import { Face } from './parts/face.tsx'
import { Icon } from './parts/icons.tsx'
import { useScene } from './scene.ts'

/** Beside the words, so that the shadow of the card is not cut. */
const edgePx = 20

/**
 * What came while the messenger was closed, in a card where the panel would stand: in our own frame, so that the site around us
 * does not read it. A press opens the conversation.
 */
export function Peek({ head, dismiss }: { head: PublicHead; dismiss: () => void }) {
  const { t, name, panel } = useScene()
  const card = useRef<HTMLDivElement>(null)
  const who = head.operator?.name ?? name
  const text = lastText(head, t)

  useLayoutEffect(() => {
    panel.peek((card.current?.offsetHeight ?? 0) + edgePx)
    document.documentElement.classList.add('peeks')
  })
  useEffect(
    () => () => {
      panel.peek(0)
      document.documentElement.classList.remove('peeks')
    },
    [panel],
  )

  return (
    <aside class="peek">
      <p class="unseen" role="status">
        <span key={text}>{t('log.announce', { name: who, text })}</span>
      </p>
      <div ref={card} class="card">
        <button type="button" class="words" onClick={panel.open}>
          <Face name={who} picture={head.operator?.picture} />
          <span>
            <span class="who">
              <bdi>{who}</bdi>
            </span>
            <span class="preview" dir="auto">
              {text}
            </span>
          </span>
        </button>
        <button type="button" class="round" aria-label={t('peek.dismiss')} onClick={dismiss}>
          <Icon name="close" />
        </button>
      </div>
    </aside>
  )
}

/** The newest conversation with words of others that came since the messenger was last open, or since they were dismissed. */
export function usePeek(): { head: PublicHead | null; dismiss: () => void } {
  const { conversations, panel } = useScene()
  /** The unread messages that are no news; null until it is known how many there are. */
  const known = useRef<number | null>(null)
  const [, draw] = useState(0)
  const unread = conversations.unread()
  const isOpen = panel.state().open
  if (conversations.loading() === 'no' && (isOpen || known.current === null || unread < known.current))
    known.current = unread
  const isNews = !isOpen && known.current !== null && unread > known.current
  return {
    head: isNews ? (conversations.heads().find((head) => head.unread > 0) ?? null) : null,
    dismiss() {
      known.current = unread
      draw((times) => times + 1)
    },
  }
}
