import { useText } from '../../text.tsx'
import { type Back, BackLink } from './conversation-screen.tsx'

const bubbles = ['w-2/5', 'w-3/5', 'w-1/3', 'w-1/2']

/** Stands where a conversation will be, once that takes longer than a blink. */
export function LogSkeleton({ back }: { back: Back }) {
  const t = useText()
  return (
    <div className="flex h-full flex-col" aria-busy="true">
      <div className="flex min-h-12 shrink-0 items-center border-b border-line px-2">
        <BackLink back={back} />
        <span className="late sr-only">{t('conversation.loading')}</span>
      </div>
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
