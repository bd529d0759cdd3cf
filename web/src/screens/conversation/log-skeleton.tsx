import type { Head } from '@foyer/contract/conversations.ts'
import { useText } from '../../text.tsx'
import { StateLabel } from '../conversations/state-label.tsx'
import { contactName } from '../conversations/words.ts'
import { type Back, BackLink } from './back-link.tsx'
import { HeaderBar } from './header-bar.tsx'

const bubbles = ['w-2/5', 'w-3/5', 'w-1/3', 'w-1/2']

/** Stands where a conversation will be, with what the lists know of it, so that nothing jumps when it is there. */
export function LogSkeleton({ head, back, alone }: { head: Head | undefined; back: Back; alone: boolean }) {
  const t = useText()
  const Title = alone ? 'h1' : 'h2'
  return (
    <div className="sheet flex min-w-0 grow flex-col">
      <HeaderBar>
        <BackLink back={back} />
        <Title className="min-w-0 flex-1 truncate px-1.5 text-large font-bold">
          {head ? (
            <bdi>{contactName(head, t)}</bdi>
          ) : (
            <span className="sr-only">{t('conversation.loading')}</span>
          )}
        </Title>
        {head ? (
          <span className="px-2">
            <StateLabel state={head.state} live={head.live} until={head.snoozedUntil} />
          </span>
        ) : null}
      </HeaderBar>
      <div
        className="late mx-auto flex w-full max-w-[72ch] grow flex-col justify-end gap-4 p-6"
        aria-hidden="true"
      >
        {bubbles.map((width, index) => (
          <div key={width} className={`h-10 rounded-xl bg-hover ${width} ${index % 2 ? 'self-end' : ''}`} />
        ))}
      </div>
    </div>
  )
}
