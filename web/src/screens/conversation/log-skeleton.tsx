import { useSyncExternalStore } from 'react'
import { useSync } from '../../sync.ts'
import { useText } from '../../text.tsx'
import { useRoomy } from '../../ui/media.ts'
import { StateLabel } from '../conversations/state-label.tsx'
import { contactName } from '../conversations/words.ts'
import { type Back, BackLink } from './back-link.tsx'
import { HeaderBar } from './header-bar.tsx'
import { SidePanel } from './side-panel.tsx'
import { useBeside } from './use-beside.ts'

const bubbles = ['w-2/5', 'w-3/5', 'w-1/3', 'w-1/2']

/** Stands where a conversation will be, with what the lists know of it, so that nothing jumps when it is there. */
export function LogSkeleton({ id, back, alone }: { id: string; back: Back; alone: boolean }) {
  const t = useText()
  const { lists } = useSync()
  const roomy = useRoomy()
  const [beside] = useBeside()
  // After a reload the lists hear of it only now.
  const head = useSyncExternalStore(lists.onFollow, () => lists.known(id))
  const Title = alone ? 'h1' : 'h2'
  return (
    <div className="flex h-full gap-2" aria-busy="true">
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
      {roomy && beside ? (
        <aside aria-label={t('panel.label')} className="sheet w-80 shrink-0 overflow-y-auto!">
          {head ? <SidePanel head={head} /> : null}
        </aside>
      ) : null}
    </div>
  )
}
