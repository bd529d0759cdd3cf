import { useText } from '../../text.tsx'
import { Count } from '../../ui/count.tsx'
import { useWaiting } from '../../use-waiting.ts'

/** Beside each other, one above the other, or on both sides of a place in the middle. */
const layouts = {
  row: { around: 'flex gap-1', forMe: '' },
  stack: { around: 'flex flex-col gap-0.5', forMe: '' },
  sides: { around: 'relative block min-h-4.5', forMe: 'absolute end-full top-0 me-3 rounded-md bg-canvas' },
}

/** How much waits for me, and how much is for me to take: two shapes, each with its words. */
export function WaitingCounts({ layout }: { layout: keyof typeof layouts }) {
  const t = useText()
  const { mine, unread, forMe } = useWaiting()
  const mineLabel =
    unread > 0 ? t('inbox.waitingUnread', { count: mine, unread }) : t('inbox.waitingForMe', { count: mine })
  const takeLabel = t('inbox.forMe', { count: forMe })
  if (mine + forMe === 0) return null
  const { around, forMe: aside } = layouts[layout]
  return (
    <span
      className={around}
      title={[mine > 0 && mineLabel, forMe > 0 && takeLabel].filter(Boolean).join(' · ')}
    >
      <Count value={mine} label={`${mineLabel}${forMe > 0 ? ',' : ''}`} />
      {forMe > 0 ? (
        <span className={aside}>
          <Count value={forMe} label={takeLabel} tone="outline" />
        </span>
      ) : null}
    </span>
  )
}
